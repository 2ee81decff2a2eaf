import * as z from 'zod';
import { type Endpoint, problemSchema } from '#shared/api/endpoint.ts';
import { FAILED_SEGMENTS_PATH } from '#shared/api/failed-segments.ts';
import { INGEST_PATH, ingestOffsetSchema, ingestQuerySchema } from '#shared/api/ingest.ts';
import { REPORT_PATH, reportQuerySchema } from '#shared/api/report.ts';
import { EXPORT_PATH, exportQuerySchema } from '#shared/api/search.ts';
import { LIVE_PATH } from '#shared/api/status.ts';
import { UPLOAD_PATH, uploadSchema } from '#shared/api/uploads.ts';

type Json = Readonly<Record<string, unknown>>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
};

const jsonOf = (schema: Json): Json => ({ 'application/json': { schema } });

/** `:id` of our paths is `{id}` there. */
const pathOf = (path: string): string => path.replace(/:([A-Za-z]+)/g, '{$1}');

function parametersOf(place: 'path' | 'query', schema: z.ZodType): Json[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, member]) => ({
    name,
    in: place,
    required: place === 'path' || !member.safeParse(undefined).success,
    schema: schemaOf(member, 'output'),
  }));
}

function operationOf(endpoint: Endpoint): Json {
  const hasBody = !(endpoint.body instanceof z.ZodObject) || Object.keys(endpoint.body.shape).length > 0;
  return {
    summary: endpoint.summary,
    parameters: [...parametersOf('path', endpoint.params), ...parametersOf('query', endpoint.query)],
    ...(hasBody && { requestBody: { required: true, content: jsonOf(schemaOf(endpoint.body, 'input')) } }),
    responses: {
      200: { description: 'The answer', content: jsonOf(schemaOf(endpoint.response, 'output')) },
      default: { description: 'Why not', content: jsonOf({ $ref: '#/components/schemas/Problem' }) },
    },
  };
}

const binary: Json = { 'application/octet-stream': {} };
const name: Json = { name: 'name', in: 'query', required: false, schema: { type: 'string' } };
const id: Json = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

const ndjson: Json = { 'application/x-ndjson': {} };
const file: Json = { 200: { description: 'The file', content: ndjson } };

/** What is sent with a key made in the console; a page of a browser cannot send it. */
const sent = (operation: Json): Json => ({ security: SENDER, ...operation });
const SENDER: readonly Json[] = [{ ingestKey: [] }, { ingestBearer: [] }, { ingestBasic: [] }];

const indexName: Json = { name: 'index', in: 'path', required: true, schema: { type: 'string' } };
const filterPath: Json = { name: 'filter_path', in: 'query', required: false, schema: { type: 'string' } };

/** @param parameters of the path */
const bulk = (parameters: readonly Json[]): Json =>
  sent({
    summary: "Events in the form of Elasticsearch's bulk requests: action line, document line; whole or not at all",
    parameters: [...parameters, filterPath],
    requestBody: { required: true, content: { ...ndjson, 'application/json': {} } },
    responses: {
      200: {
        description: 'On disk: an item each, in order; of an item 201, 400 or 409, or 429 for all',
        content: jsonOf({}),
      },
      401: { description: 'Without a key' },
      413: { description: 'More than 100 MiB, inflated' },
      429: { description: 'Too much waits: all of it is to be sent again' },
      503: { description: 'The disk is full: all of it is to be sent again' },
    },
  });

const ingestAnswer: Json = {
  200: { description: 'Where the stream goes on', content: jsonOf(schemaOf(ingestOffsetSchema, 'output')) },
  default: { description: 'Why not', content: jsonOf({ $ref: '#/components/schemas/Problem' }) },
};

/** What is no JSON in, JSON out. */
const STREAMS: readonly (readonly [path: string, method: string, operation: Json])[] = [
  [
    UPLOAD_PATH,
    'post',
    {
      summary: 'Upload a file of events: NDJSON or a JSON array, plain, gzip or zstd; the body is the file',
      parameters: [name],
      requestBody: { required: true, content: binary },
      responses: { 202: { description: 'Its bytes are on disk', content: jsonOf(schemaOf(uploadSchema, 'output')) } },
    },
  ],
  [
    `${UPLOAD_PATH}/{id}/rejects.ndjson`,
    'get',
    {
      summary: 'The rejected lines of an upload, one JSON object a line',
      parameters: [id],
      responses: { 200: { description: 'The file', content: { 'application/x-ndjson': {} } } },
    },
  ],
  [
    EXPORT_PATH,
    'get',
    {
      summary: 'The result of a search as a file: CSV, or NDJSON (of KQL the records as they came)',
      parameters: parametersOf('query', exportQuerySchema),
      responses: { 200: { description: 'The file', content: { 'text/csv': {}, 'application/x-ndjson': {} } } },
    },
  ],
  [
    REPORT_PATH,
    'get',
    {
      summary: 'One or several alerts as a report: Markdown, a page to print, or JSON with every text as it came',
      parameters: parametersOf('query', reportQuerySchema),
      responses: {
        200: {
          description: 'The file',
          content: { 'text/markdown': {}, 'text/html': {}, 'application/json': {} },
        },
      },
    },
  ],
  [
    LIVE_PATH,
    'get',
    {
      summary: 'What changes, as server-sent events named `change`',
      responses: { 200: { description: 'The stream', content: { 'text/event-stream': {} } } },
    },
  ],
  [
    INGEST_PATH,
    'post',
    sent({
      summary:
        'Events as NDJSON for as long as there are any, plain or gzip; with `stream` and `offset` each line is taken once',
      parameters: parametersOf('query', ingestQuerySchema),
      requestBody: { required: true, content: ndjson },
      responses: ingestAnswer,
    }),
  ],
  [
    INGEST_PATH,
    'get',
    sent({
      summary: 'From where a stream is to be sent on',
      parameters: parametersOf('query', ingestQuerySchema),
      responses: ingestAnswer,
    }),
  ],
  ['/_bulk', 'post', bulk([])],
  ['/{index}/_bulk', 'post', bulk([indexName])],
  [
    '/api/sources/{id}/rejects.ndjson',
    'get',
    {
      summary: 'The rejected records of a source that are kept of a day (UTC), one JSON object a line',
      parameters: [id, { name: 'day', in: 'query', required: true, schema: { type: 'string', format: 'date' } }],
      responses: file,
    },
  ],
  [
    `${FAILED_SEGMENTS_PATH}/{id}/records.ndjson`,
    'get',
    {
      summary: 'The records of a stretch that could not be loaded, as they came',
      parameters: [id],
      responses: file,
    },
  ],
];

/** The HTTP interface as an OpenAPI 3.1 document, made from the same schemas that validate it. */
export function openApiOf(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const path = pathOf(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  for (const [path, method, operation] of STREAMS) paths[path] = { ...paths[path], [method]: operation };
  return {
    openapi: '3.1.0',
    info: { title: 'Oddspawn', version },
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, 'output') },
      securitySchemes: {
        ingestKey: { type: 'apiKey', in: 'header', name: 'Authorization', description: '`ApiKey base64(id:secret)`' },
        ingestBearer: { type: 'http', scheme: 'bearer' },
        ingestBasic: { type: 'http', scheme: 'basic' },
      },
    },
  };
}
