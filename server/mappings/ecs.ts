import { undatedBecause } from '#server/store/records/undated.ts';
import { isInstant, parseInstant } from '#shared/base/time.ts';
import { at, parseObject } from './json.ts';
import { type Mapping, rejected, shareOf } from './mapping.ts';
import { memberText } from './member-text.ts';

/** Why a document cannot be an event; undefined for one that the loader will take. */
export function undated(document: object): string | undefined {
  const given = at(document, '@timestamp');
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  return values.some(isDate) ? undefined : undatedBecause(document);
}

const isDate = (value: unknown): boolean =>
  typeof value === 'string'
    ? parseInstant(value) !== null || /^-?\d{1,15}$/.test(value)
    : (typeof value === 'number' || typeof value === 'bigint') && isInstant(value);

const isDocument = (line: string): object | undefined => {
  if (!line.startsWith('{') || !line.includes('"@timestamp"')) return undefined;
  const parsed = parseObject(line);
  return parsed.ok && undated(parsed.value) === undefined ? parsed.value : undefined;
};

const hasProcess = (document: object): boolean =>
  Object.keys(document).some((key) => key === 'process' || key.startsWith('process.'));

/** ECS documents as they are. A file of nothing else is not read here at all: the store's loader takes it as it is. */
export const ecs: Mapping = {
  name: 'ecs',
  title: 'ECS JSON',
  isWhole: true,
  recognise: (lines) => {
    const documents = lines.flatMap((line) => isDocument(line) ?? []);
    // Without a process the document may be a carrier of somebody else's line.
    return (documents.filter(hasProcess).length + documents.length) / Math.max(1, 2 * lines.length);
  },
  open: () => wholeLines((line) => line),
};

/** Of Elastic Defend's documents those that name the user in one place only. */
const lacksUser = (document: object): boolean =>
  at(document, 'agent', 'type') === 'endpoint' &&
  at(document, 'process') !== undefined &&
  (at(document, 'user') === undefined) !== (at(document, 'process', 'user') === undefined);

/**
 * The document with its user in both places: Elastic Defend before 8.3 has no `process.user`. What is there stays as it is; a
 * dotted key beside an object is the same field to Elasticsearch.
 */
export function withBothUsers(document: object, text: string): string {
  if (!lacksUser(document)) return text;
  const isAbove = at(document, 'user') !== undefined;
  const user = isAbove ? memberText(text, 'user') : memberText(memberText(text, 'process') ?? '{}', 'user');
  return user?.startsWith('{') ? `{"${isAbove ? 'process.user' : 'user'}":${user},${text.slice(1)}` : text;
}

/** Elastic Defend as it wrote in its first versions. */
export const elasticDefendOld: Mapping = {
  name: 'elastic-defend-8.2',
  title: 'Elastic Defend before 8.3',
  isWhole: true,
  recognise: (lines) => shareOf(lines, (line) => lacksUser(isDocument(line) ?? {})),
  open: () => wholeLines(withBothUsersOf),
};

const withBothUsersOf = (line: string, document: object): string => withBothUsers(document, line);

/** The document of a hit, as it stands there; of a hit with `fields` instead, those. */
const hitText = (line: string): string | undefined => memberText(line, '_source') ?? memberText(line, 'fields');

const isHit = (line: string): boolean =>
  line.startsWith('{') && /"(?:_source|fields)" ?:/.test(line) && /"_(?:index|id)" ?:/.test(line);

/** What Elasticsearch answers, and what exports of an index hold: documents within hits. */
export const elasticHits: Mapping = {
  name: 'elastic-hits',
  title: 'Elasticsearch hits',
  isWhole: true,
  recognise: (lines) => shareOf(lines, isHit),
  open: () => ({
    push(line, number) {
      const whole = parseObject(line);
      const text = whole.ok ? hitText(line) : undefined;
      const inner = text === undefined ? undefined : parseObject(text);
      if (!whole.ok || text === undefined || !inner?.ok) {
        return [rejected(number, whole.ok ? 'not an Elasticsearch hit' : whole.error, line)];
      }
      const reason = undated(inner.value);
      if (reason !== undefined) return [rejected(number, reason, line)];
      return [{ kind: 'event', line: number, text: withBothUsers(inner.value, text) }];
    },
    end: () => [],
    unknownParents: () => 0,
  }),
};

const wholeLines = (change: (line: string, document: object) => string): ReturnType<Mapping['open']> => ({
  push(line, number) {
    const parsed = parseObject(line);
    const reason = parsed.ok ? undated(parsed.value) : parsed.error;
    if (!parsed.ok || reason !== undefined) return [rejected(number, reason ?? '', line)];
    return [{ kind: 'event', line: number, text: change(line, parsed.value) }];
  },
  end: () => [],
  unknownParents: () => 0,
});
