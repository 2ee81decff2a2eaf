import { fieldValues } from '#shared/api/events.ts';
import { callEndpoint } from './call.ts';

const MOST = 12;

/** The most frequent values of a field that begin so, for completion. */
export async function readFieldValues(
  wanted: { readonly field: string; readonly prefix: string },
  signal: AbortSignal,
): Promise<readonly { readonly value: string; readonly count: number }[]> {
  const request = { params: { field: wanted.field }, query: { prefix: wanted.prefix, limit: MOST } };
  return (await callEndpoint(fieldValues, request, signal)).values;
}
