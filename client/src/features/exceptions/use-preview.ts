import { useDebouncedValue } from '@mantine/hooks';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { checkException } from '#shared/api/exceptions.ts';
import { getStatus } from '#shared/api/status.ts';
import { DAY, formatInstant, parseInstant } from '#shared/base/time.ts';
import { type ExceptionDraft, exceptionDraftSchema } from '#shared/exceptions/item.ts';

const PAUSE_MS = 400;

/** Stretches of event time that a preview can look at, back from the newest event. */
export const RANGES = [
  { value: 'all', label: 'everything stored' },
  { value: '1', label: 'the last day' },
  { value: '7', label: 'the last 7 days' },
  { value: '30', label: 'the last 30 days' },
] as const;
export type RangeName = (typeof RANGES)[number]['value'];

/** What a draft would do, asked again when its conditions settle; the words around them do not matter. */
export function usePreview(draft: ExceptionDraft | null, replaces: string | undefined, range: RangeName) {
  const [settled] = useDebouncedValue(draft === null ? null : JSON.stringify(draft), PAUSE_MS);
  const newest = useEndpoint(getStatus, {}).data?.window?.to;
  const end = newest === undefined ? null : parseInstant(newest);
  const from = range === 'all' || end === null ? undefined : formatInstant(end - Number(range) * DAY);
  const body = settled === null ? EMPTY : exceptionDraftSchema.parse(JSON.parse(settled));
  const query = useEndpoint(
    checkException,
    { body: { ...body, replaces, ...(from !== undefined && { from }) } },
    { enabled: settled !== null, keepPrevious: true },
  );
  return { query, complete: settled !== null };
}

const EMPTY: ExceptionDraft = {
  rule: '-',
  list: null,
  name: '-',
  reason: '-',
  stage: 'event',
  entries: [],
  osTypes: [],
  tags: [],
  enabled: true,
  expiresAt: null,
  origin: null,
  cases: [],
};
