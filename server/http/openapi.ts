import { z } from 'zod';
import { type Endpoint, problemSchema } from '#shared/api/endpoint.ts';

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

/** The HTTP interface as an OpenAPI 3.1 document, made from the same schemas that validate it. */
export function openApiOf(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const path = pathOf(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Oddspawn', version },
    paths,
    components: { schemas: { Problem: schemaOf(problemSchema, 'output') } },
  };
}
