import { must, unreachable } from '#shared/base/assert.ts';
import { DAY, formatInstant, type Instant } from '#shared/base/time.ts';
import { type AnyEntry, type ExceptionDraft, exceptionDraftSchema, type OsType } from '#shared/exceptions/item.ts';

export const ENTRY_TYPES = ['match', 'match_any', 'wildcard', 'exists', 'list', 'nested'] as const;

/** An entry while it is being written: all members of all types at once, so that switching loses nothing. */
export interface FormEntry {
  readonly key: string;
  readonly field: string;
  readonly type: (typeof ENTRY_TYPES)[number];
  readonly operator: 'included' | 'excluded';
  readonly value: string;
  /** For `match_any`, one a line. */
  readonly values: string;
  /** For `list`: id and type of the list of values. */
  readonly list: string;
  readonly listType: 'keyword' | 'ip' | 'ip_range';
  /** For `nested`: conditions on one object. */
  readonly entries: readonly FormEntry[];
}

export type Expiry = 'keep' | '7' | '30' | '90' | '365' | 'never';

export interface FormValues {
  readonly rule: string;
  /** Id of a shared list; empty: for the rule alone. */
  readonly list: string;
  readonly name: string;
  readonly reason: string;
  readonly stage: 'event' | 'result';
  readonly enabled: boolean;
  readonly expiry: Expiry;
  readonly entries: readonly FormEntry[];
  readonly osTypes: readonly OsType[];
  /** Separated by commas. */
  readonly tags: string;
  readonly cases: ExceptionDraft['cases'];
}

let made = 0;
export const formEntry = (entry?: AnyEntry): FormEntry => ({
  key: `entry ${made++}`,
  field: entry?.field ?? '',
  type: entry?.type ?? 'match',
  operator: entry && 'operator' in entry ? entry.operator : 'included',
  value: entry && 'value' in entry && typeof entry.value === 'string' ? entry.value : '',
  values: entry?.type === 'match_any' ? entry.value.join('\n') : '',
  list: entry?.type === 'list' ? entry.list.id : '',
  listType: entry?.type === 'list' ? entry.list.type : 'keyword',
  entries: entry?.type === 'nested' ? entry.entries.map(formEntry) : [],
});

function entryOf(entry: FormEntry): unknown {
  const { field, type, operator } = entry;
  const shared = { field: field.trim(), type, operator };
  switch (type) {
    case 'exists':
      return shared;
    case 'match_any':
      return { ...shared, value: entry.values.split('\n').filter((line) => line !== '') };
    case 'list':
      return { ...shared, list: { id: entry.list, type: entry.listType } };
    case 'nested':
      return { field: field.trim(), type, entries: entry.entries.map(entryOf) };
    case 'match':
    case 'wildcard':
      return { ...shared, value: entry.value };
    default:
      return unreachable(type);
  }
}

/** What is in the form as a draft, or what is wrong with it by the path of the form's member. */
export function readForm(
  values: FormValues,
  origin: ExceptionDraft['origin'],
  keptExpiry: string | null,
  now: Instant,
): { readonly draft: ExceptionDraft } | { readonly errors: Readonly<Record<string, string>> } {
  const parsed = exceptionDraftSchema.safeParse({
    rule: values.list === '' ? values.rule : null,
    list: values.list === '' ? null : values.list,
    name: values.name,
    reason: values.reason,
    stage: values.stage,
    enabled: values.enabled,
    expiresAt: expiryOf(values.expiry, keptExpiry, now),
    entries: values.entries.map(entryOf),
    osTypes: values.osTypes,
    tags: values.tags.split(',').flatMap((tag) => (tag.trim() === '' ? [] : [tag.trim()])),
    cases: values.cases,
    origin,
  });
  if (parsed.success) return { draft: parsed.data };
  return {
    errors: Object.fromEntries(parsed.error.issues.map(({ path }) => [pathOf(path), wordsOf(String(path[0]), path)])),
  };
}

function expiryOf(expiry: Expiry, kept: string | null, now: Instant): string | null {
  if (expiry === 'keep') return kept;
  return expiry === 'never' ? null : formatInstant(now + Number(expiry) * DAY);
}

/** `entries.0.value`, also for an item of a list of values. */
const pathOf = (path: readonly PropertyKey[]): string => path.slice(0, 3).map(String).join('.');

const WORDS: Readonly<Record<string, string>> = {
  rule: 'Choose a rule',
  name: 'Give it a name',
  reason: 'Say why: whoever reviews this later has only your words',
  entries: 'Add at least one condition',
};

function wordsOf(member: string, path: readonly PropertyKey[]): string {
  if (member === 'entries' && path.length > 1) return path[2] === 'field' ? 'Choose a field' : 'Give a value';
  return WORDS[member] ?? 'This is not valid';
}

/** A form that starts from an exception, or from what is known of a new one. */
export const valuesFrom = (draft: Partial<ExceptionDraft>, existing: boolean): FormValues => ({
  rule: draft.rule ?? '',
  list: draft.list ?? '',
  name: draft.name ?? '',
  reason: draft.reason ?? '',
  stage: draft.stage ?? 'event',
  enabled: draft.enabled ?? true,
  expiry: existing ? 'keep' : '90',
  entries: (draft.entries ?? []).length > 0 ? must(draft.entries, 'entries').map(formEntry) : [formEntry()],
  osTypes: draft.osTypes ?? [],
  tags: (draft.tags ?? []).join(', '),
  cases: draft.cases ?? [],
});
