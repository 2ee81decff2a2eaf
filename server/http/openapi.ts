import { z } from 'zod';
import { type Endpoint, problemSchema } from '#shared/api/endpoint.ts';
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

/** What is no JSON in, JSON out. */
const STREAMS: Readonly<Record<string, readonly [method: string, operation: Json]>> = {
  [UPLOAD_PATH]: [
    'post',
    {
      summary: 'Upload a file of events: NDJSON or a JSON array, plain, gzip or zstd; the body is the file',
      parameters: [name],
      requestBody: { required: true, content: binary },
      responses: { 202: { description: 'Its bytes are on disk', content: jsonOf(schemaOf(uploadSchema, 'output')) } },
    },
  ],
  [`${UPLOAD_PATH}/{id}/rejects.ndjson`]: [
    'get',
    {
      summary: 'The rejected lines of an upload, one JSON object a line',
      parameters: [id],
      responses: { 200: { description: 'The file', content: { 'application/x-ndjson': {} } } },
    },
  ],
  [EXPORT_PATH]: [
    'get',
    {
      summary: 'The result of a search as a file: CSV, or NDJSON (of KQL the records as they came)',
      parameters: parametersOf('query', exportQuerySchema),
      responses: { 200: { description: 'The file', content: { 'text/csv': {}, 'application/x-ndjson': {} } } },
    },
  ],
  [REPORT_PATH]: [
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
  [LIVE_PATH]: [
    'get',
    {
      summary: 'What changes, as server-sent events named `change`',
      responses: { 200: { description: 'The stream', content: { 'text/event-stream': {} } } },
    },
  ],
};

/** The HTTP interface as an OpenAPI 3.1 document, made from the same schemas that validate it. */
export function openApiOf(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const path = pathOf(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  for (const [path, [method, operation]] of Object.entries(STREAMS))
    paths[path] = { ...paths[path], [method]: operation };
  return {
    openapi: '3.1.0',
    info: { title: 'Oddspawn', version },
    paths,
    components: { schemas: { Problem: schemaOf(problemSchema, 'output') } },
  };
}
