import type { NamePattern } from '#shared/lang/esql/syntax/ast.ts';
import type { Step } from '#shared/plan/plan.ts';
import { type Context, report } from './context.ts';
import { resolveColumn } from './name.ts';

/** How closely a pattern of KEEP names a column: exactly, by a part with `*`, or as everything. */
type Rank = 'exact' | 'partial' | 'all';
const RANKS: Readonly<Record<Rank, number>> = { exact: 2, partial: 1, all: 0 };

/**
 * KEEP: columns in the order written. A column that several patterns name stands where the closest of them does, among
 * equals at the rightmost.
 */
export function lowerKeep(patterns: readonly NamePattern[], context: Context): readonly Step[] {
  const kept = new Map<string, Rank>();
  for (const pattern of patterns) {
    const rank = rankOf(pattern);
    for (const name of columnsOf(pattern, context)) {
      const before = kept.get(name);
      if (before && RANKS[before] > RANKS[rank]) continue;
      kept.delete(name);
      kept.set(name, rank);
    }
  }
  return [{ kind: 'keep', columns: [...kept.keys()] }];
}

export function lowerDrop(patterns: readonly NamePattern[], context: Context): readonly Step[] {
  const columns = [...new Set(patterns.flatMap((pattern) => columnsOf(pattern, context)))];
  return columns.length > 0 ? [{ kind: 'drop', columns }] : [];
}

function rankOf({ stretches }: NamePattern): Rank {
  if (stretches.length === 1) return 'exact';
  return stretches.every((stretch) => stretch === '') ? 'all' : 'partial';
}

function columnsOf(pattern: NamePattern, context: Context): readonly string[] {
  if (pattern.stretches.length === 1) {
    const column = resolveColumn(pattern.text, pattern, context);
    return column ? [column.name] : [];
  }
  const names = context.scope.columns.map((column) => column.name).filter((name) => fits(name, pattern.stretches));
  const broken = [...context.scope.broken].some((name) => fits(name, pattern.stretches));
  if (names.length === 0 && !broken && !context.scope.open) reportNoMatch(pattern, context);
  return names;
}

/**
 * A mistake for Elasticsearch, which knows all fields of its indices; fields of events that are not known here may well match.
 */
function reportNoMatch(pattern: NamePattern, context: Context): void {
  const message = `No matches found for pattern [${pattern.text}]`;
  report(
    context,
    pattern,
    context.scope.events
      ? { code: 'no-field-matches', severity: 'warning', message: `${message} among the fields known here` }
      : { code: 'unknown-column', message },
  );
}

/** Whether a name is these stretches in order with anything between them. */
function fits(name: string, stretches: readonly string[]): boolean {
  const first = stretches[0] ?? '';
  const last = stretches.at(-1) ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const stretch of stretches.slice(1, -1)) {
    const found = name.indexOf(stretch, at);
    if (found === -1) return false;
    at = found + stretch.length;
  }
  return at <= name.length - last.length;
}
