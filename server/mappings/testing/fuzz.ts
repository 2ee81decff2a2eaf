import { type Random, seeded } from '#server/demo/random.ts';
import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { undated } from '../ecs.ts';
import { parseObject } from '../json.ts';
import type { Mapped, Mapping } from '../mapping.ts';
import { openSession, type SessionCounts } from '../session.ts';
import { mutated } from './mutate.ts';

export interface FuzzOptions {
  readonly corpus: readonly string[];
  readonly lines: number;
  readonly seed: number;
}

/** Sources that make events of several lines: of those not every line can be named. */
const OF_SEVERAL_LINES: ReadonlySet<string> = new Set(['auditd', 'kibana-csv']);

/** Sources whose first line says what all others are: with a broken one nothing else is tried. They begin anew after some lines. */
const WITH_HEADER: ReadonlySet<string> = new Set(['kibana-csv']);
const LINES_BEHIND_HEADER = 200;

export type FuzzCounts = Pick<SessionCounts, 'events' | 'rejected'> & { readonly skipped: number };

/**
 * Feeds mutated lines to a mapping. Throws where something other than one of the promised outcomes comes of a line, or
 * where an event is none that a store would take.
 */
export function fuzz(mapping: Mapping, { corpus, lines, seed }: FuzzOptions): FuzzCounts {
  const random = seeded(seed);
  const hasHeader = WITH_HEADER.has(mapping.name);
  const most = hasHeader ? LINES_BEHIND_HEADER : lines;
  let counts: FuzzCounts = { events: 0, rejected: 0, skipped: 0 };
  for (let left = lines; left > 0; left -= most) {
    const first = hasHeader && random.chance(0.9) ? corpus[0] : undefined;
    counts = added(counts, fuzzSession(mapping, { corpus, lines: Math.min(left, most), random, first }));
  }
  return counts;
}

interface FuzzSession extends Omit<FuzzOptions, 'seed'> {
  readonly random: Random;
  /** Line that is left as it is. */
  readonly first: string | undefined;
}

function fuzzSession(mapping: Mapping, { corpus, lines, random, first }: FuzzSession): SessionCounts {
  const session = openSession(mapping, { host: 'fuzz' });
  const open = new Set<number>();
  const isWhole = !OF_SEVERAL_LINES.has(mapping.name);

  const check = (mapped: readonly Mapped[]): void => {
    for (const one of mapped) {
      if (one.kind === 'event') checkEvent(mapping, one.text);
      open.delete(one.line);
    }
  };

  for (let number = 1; number <= lines; number += 1) {
    const [line, other] = [random.between(0, corpus.length - 1), random.between(0, corpus.length - 1)];
    const text =
      number === 1 && first !== undefined ? first : mutated(corpus[line] ?? '', corpus[other] ?? '', random).trim();
    if (text === '') continue;
    // Another source among them makes events of several lines of its own.
    if (isWhole && !text.includes('audit(')) open.add(number);
    check(session.push(text, number));
    if (open.size > 100_000) throw new Error(`${mapping.name}: ${open.size} lines wait`);
  }
  check(session.end());
  if (open.size > 0) throw new Error(`${mapping.name}: nothing came of line ${[...open][0]}`);
  return session.counts();
}

const added = (counts: FuzzCounts, { events, rejected, skipped }: SessionCounts): FuzzCounts => ({
  events: counts.events + events,
  rejected: counts.rejected + rejected,
  skipped: counts.skipped + [...skipped.values()].reduce((sum, count) => sum + count, 0),
});

function checkEvent({ name }: Mapping, text: string): void {
  const parsed = parseObject(text);
  const reason = parsed.ok ? undated(parsed.value) : parsed.error;
  if (reason !== undefined) throw new Error(`${name}: ${reason}: ${text}`);
  if (Buffer.byteLength(text) > MAX_RECORD_BYTES) throw new Error(`${name}: longer than a record may be`);
  if (text.includes('\n')) throw new Error(`${name}: more than a line`);
}
