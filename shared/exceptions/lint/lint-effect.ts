import { formatCount, plural } from '#shared/base/counts.ts';
import type { AnyEntry, ExceptionStage } from '../item.ts';
import { type LintFinding, warning } from './finding.ts';

/** What the data says of a draft's conditions. */
export interface HeldCounts {
  /** Events that the rule matches. */
  readonly ruleEvents: number;
  /** Of these, those that all conditions hold for. */
  readonly matchedEvents: number;
  readonly entries: readonly HeldEntry[];
}

export interface HeldEntry {
  /** Events that it holds for by itself; null: not counted. */
  readonly events: number | null;
  /** Looked at where it holds for none: events that have the field, and those it holds for in any letter case. */
  readonly otherwise?: { readonly present: number; readonly caseless: number };
}

/** Share of a rule's matches above which an exception is nearly the rule switched off. */
const BROAD_SHARE = 0.25;
/** Of fewer matches a share says nothing. */
const ENOUGH_EVENTS = 20;

/** What the data says of a draft that reads well. On results there is nothing to count by. */
export function lintEffect(
  { stage, entries }: { readonly stage: ExceptionStage; readonly entries: readonly AnyEntry[] },
  counts: HeldCounts,
): readonly LintFinding[] {
  const { ruleEvents, matchedEvents } = counts;
  if (stage === 'result' || ruleEvents === 0) return [];
  const share = matchedEvents / ruleEvents;
  const broad =
    share > BROAD_SHARE && ruleEvents >= ENOUGH_EVENTS
      ? [
          warning(
            'broad-share',
            `It holds for ${Math.round(share * 100)} % of all events that the rule matches.`,
            'Add a condition, or switch the rule off and say why.',
          ),
        ]
      : [];
  const single = entries.flatMap((entry, index) =>
    lintHeld(entry, counts.entries[index], counts, index + 1).map((finding) => ({ ...finding, entry: index })),
  );
  return [...broad, ...single];
}

function lintHeld(
  { field }: AnyEntry,
  held: HeldEntry | undefined,
  { ruleEvents, entries }: HeldCounts,
  number: number,
): readonly LintFinding[] {
  if (!held) return [];
  const all = `the ${plural(ruleEvents, 'event')} that the rule matches in this range`;
  if (held.events === ruleEvents && ruleEvents >= ENOUGH_EVENTS && entries.length > 1) {
    return [warning('always-held', `Condition ${number} holds for all ${all}: it narrows nothing.`, 'Leave it away.')];
  }
  if (held.events !== 0) return [];
  if (held.otherwise?.present === 0) {
    return [
      warning(
        'absent-field',
        `None of ${all} has ${field}.`,
        'Choose a field that these events have, or a source that sends it.',
      ),
    ];
  }
  if (held.otherwise && held.otherwise.caseless > 0) {
    return [
      warning(
        'letter-case',
        `Condition ${number} holds for none of ${all}; in other letter case, for ${formatCount(held.otherwise.caseless)}.`,
        `Write it as the data does, or ask ${field}.caseless.`,
      ),
    ];
  }
  return [
    warning(
      'never-held',
      `Condition ${number} holds for none of ${all}.`,
      'Compare blanks and spelling with the data, or choose a value that the field has.',
    ),
  ];
}
