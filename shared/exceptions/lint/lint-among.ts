import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { type Instant, parseInstant } from '#shared/base/time.ts';
import { matchesPattern } from '#shared/plan/match-pattern.ts';
import type { AnyEntry, ExceptionStage, OsType } from '../item.ts';
import { entrySentence } from '../sentence.ts';
import { exceptionPattern } from '../wildcard.ts';
import { warning } from './finding.ts';

/** What of an exception tells whether it covers another. */
export interface Comparable {
  readonly name: string;
  readonly stage: ExceptionStage;
  readonly entries: readonly AnyEntry[];
  readonly osTypes?: readonly OsType[];
  readonly expiresAt: string | null;
}

/** What is wrong with a draft beside the other exceptions of its rule, or by its time. */
export function lintAmong(
  draft: Omit<Comparable, 'name'>,
  others: readonly Comparable[],
  now: Instant,
): readonly Diagnostic[] {
  const expiry = draft.expiresAt === null ? null : parseInstant(draft.expiresAt);
  const expired: readonly Diagnostic[] =
    expiry !== null && expiry < now
      ? [warning('expired', 'Its time has run out: it leaves out nothing.', 'Choose a later time.')]
      : [];
  return [...expired, ...others.flatMap((other) => beside(draft, other))];
}

function beside(draft: Omit<Comparable, 'name'>, other: Comparable): readonly Diagnostic[] {
  if (draft.stage !== other.stage) return [];
  const under = covers(other, draft);
  const over = covers(draft, other);
  if (under && over) {
    return [warning('duplicate', `“${other.name}” says the same.`, 'Change that one instead.')];
  }
  if (under) {
    return [warning('shadowed', `“${other.name}” leaves out all that this would.`, 'Change that one instead.')];
  }
  if (over) {
    return [warning('covers', `It leaves out all that “${other.name}” does, and more.`, 'Delete that one afterwards.')];
  }
  if (sameSystems(draft, other) && overlaps(draft.entries, other.entries)) {
    return [
      warning(
        'overlaps',
        `“${other.name}” leaves out part of what this would.`,
        'Make one of both, if they belong together.',
      ),
    ];
  }
  return [];
}

/** Whether both ask the same fields, and for each of them a value that both name. */
const overlaps = (left: readonly AnyEntry[], right: readonly AnyEntry[]): boolean =>
  sameFields(left, right) && left.every((entry) => right.some((other) => meetsSome(entry, other)));

/** Whether a host can be of both. */
function sameSystems({ osTypes: left = [] }: Systems, { osTypes: right = [] }: Systems): boolean {
  return left.length === 0 || right.length === 0 || left.some((os) => right.includes(os));
}
type Systems = Pick<Comparable, 'osTypes'>;

const sameFields = (left: readonly AnyEntry[], right: readonly AnyEntry[]): boolean =>
  left.every(({ field }) => right.some((other) => other.field === field)) &&
  right.every(({ field }) => left.some((other) => other.field === field));

function meetsSome(left: AnyEntry, right: AnyEntry): boolean {
  if (left.field !== right.field) return false;
  if (implies(left, right) || implies(right, left)) return true;
  if (left.type === 'nested' || right.type === 'nested') return false;
  if (left.operator !== 'included' || right.operator !== 'included') return false;
  return valuesIn(left).some((value) => meets(value, right)) || valuesIn(right).some((value) => meets(value, left));
}

const valuesIn = (entry: AnyEntry): readonly string[] =>
  entry.type === 'match' ? [entry.value] : entry.type === 'match_any' ? entry.value : [];

/** Whether all that one leaves out, the other does too, as far as it can be told by their words. */
const covers = (wide: Omit<Comparable, 'name'>, narrow: Omit<Comparable, 'name'>): boolean =>
  wide.entries.every((entry) => narrow.entries.some((one) => implies(one, entry))) &&
  ((wide.osTypes ?? []).length === 0 ||
    ((narrow.osTypes ?? []).length > 0 && (narrow.osTypes ?? []).every((os) => wide.osTypes?.includes(os))));

/** Whether the first condition cannot hold without the second. */
function implies(narrow: AnyEntry, wide: AnyEntry): boolean {
  if (entrySentence(narrow) === entrySentence(wide)) return true;
  if (narrow.field !== wide.field || narrow.type === 'nested' || wide.type === 'nested') return false;
  if (narrow.operator !== 'included' || wide.operator !== 'included') return false;
  if (wide.type === 'exists') return true;
  const values = valuesIn(narrow);
  return values.length > 0 && values.every((value) => meets(value, wide));
}

function meets(value: string, wide: AnyEntry): boolean {
  if (wide.type === 'match') return wide.value === value;
  if (wide.type === 'match_any') return wide.value.includes(value);
  return wide.type === 'wildcard' && matchesPattern(exceptionPattern(wide.value), value);
}
