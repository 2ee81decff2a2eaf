import { type DissectPattern, emptyPartsAfter } from '#shared/plan/dissect.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { isNullable, literalText, partsOf, printRegex, type Regex } from '#shared/plan/regex.ts';
import { bind } from '../sql/bind.ts';
import { textLiteral } from '../sql/literal.ts';
import { type Cell, listOf, manyFrom, one, singleOf } from './cell.ts';

type Of<Kind extends Expression['kind']> = Expression & { readonly kind: Kind };

/** What the expression captures in each text. The engine's own extraction is empty text where a capture has no part. */
export function extractFrom(cell: Cell, { regex, captures }: Of<'extract'>): Cell {
  const [only, ...more] = captures;
  if (cell.kind === 'one' && only !== undefined && more.length === 0)
    return one(
      'string',
      capturesOf(cell.sql, regex, captures, ([value = '']) => value),
    );
  const all = (text: string): string => capturesOf(text, regex, captures, (values) => `[${values.join(', ')}]`);
  const found =
    cell.kind === 'one'
      ? all(cell.sql)
      : `flatten(list_filter(list_transform(${listOf(cell)}, lambda t: ${all('t')}), lambda l: l IS NOT NULL))`;
  return manyFrom('string', `list_filter(${found}, lambda c: c IS NOT NULL)`);
}

function capturesOf(
  text: string,
  regex: Regex,
  captures: readonly number[],
  combine: (values: readonly string[]) => string,
): string {
  const pattern = textLiteral(printRegex(regex));
  const names = Array.from({ length: Math.max(...captures) }, (_, index) => `'g${index + 1}'`);
  const values = captures.map((index) => (isSure(regex, index) ? `m.g${index}` : `nullif(m.g${index}, '')`));
  const extracted = bind('m', `regexp_extract(${text}, ${pattern}, [${names.join(', ')}], 's')`, combine(values));
  return `CASE WHEN regexp_matches(${text}, ${pattern}, 's') THEN ${extracted} END`;
}

/** Whether the capture has its part in every match. */
function isSure(regex: Regex, index: number): boolean {
  if (regex.kind === 'choice') return false;
  if (regex.kind === 'repeat') return regex.least > 0 && isSure(regex.of, index);
  if (regex.kind === 'capture' && regex.index === index) return true;
  return partsOf(regex).some((part) => isSure(part, index));
}

/** Captures that come out as empty text both where they have no part in the match and where they took nothing. */
export function unclearCaptures({ regex, captures }: Of<'extract'>): readonly number[] {
  return captures.filter((index) => !isSure(regex, index) && canBeEmpty(regex, index));
}

const canBeEmpty = (regex: Regex, index: number): boolean =>
  (regex.kind === 'capture' && regex.index === index && isNullable(regex.of)) ||
  partsOf(regex).some((part) => canBeEmpty(part, index));

/** A fixed text is replaced by the engine's quicker function. */
export function replacedIn(cell: Cell, { regex, by }: Of<'replace'>): Cell {
  const text = singleOf(cell);
  const fixed = literalText(regex);
  if (fixed !== null && by.every((part) => typeof part === 'string'))
    return one('string', `replace(${text}, ${textLiteral(fixed)}, ${textLiteral(by.join(''))})`);
  const replacement = by
    .map((part) => (typeof part === 'number' ? `\\${part}` : part.replaceAll('\\', '\\\\')))
    .join('');
  return one('string', `regexp_replace(${text}, ${textLiteral(printRegex(regex))}, ${textLiteral(replacement)}, 'gs')`);
}

/** The chosen parts of each text, joined. */
export function dissected(cell: Cell, { pattern, parts, separator }: Of<'dissect'>): Cell {
  const between = textLiteral(separator);
  const joined = parts.map((part) => `d.v${part}`).join(` || ${between} || `);
  const of = (text: string): string => takenApart(text, pattern, joined);
  if (cell.kind === 'one') return one('string', of(cell.sql));
  return manyFrom(
    'string',
    `list_filter(list_transform(${listOf(cell)}, lambda t: ${of('t')}), lambda r: r IS NOT NULL)`,
  );
}

/**
 * The result over `d`, a struct of the parts; NULL where the text is not made so. Each part is found in what the one before has
 * left: `s` holds that rest, the number of the next part to look for, and the parts found so far. A part's state is what the
 * next is computed of, and does not hold it: the time to bind lambdas in lambdas doubles with each.
 */
function takenApart(text: string, pattern: DissectPattern, result: string): string {
  const { leading, parts } = pattern;
  const begins = `starts_with(${text}, ${textLiteral(leading)}) AND length(${text}) > ${[...leading].length}`;
  const start = `{'rest': substring(${text}, ${[...leading].length + 1}), 'next': 0}`;
  const found = parts.reduce((state, _, index) => bind('s', state, nextPart(pattern, index)), start);
  return `CASE WHEN ${begins} THEN ${bind('d', found, `CASE WHEN d.next >= ${parts.length} THEN ${result} END`)} END`;
}

/** The state behind a part, of `s`, the one before it; NULL where the part is not there. */
function nextPart(pattern: DissectPattern, index: number): string {
  const { delimiter } = pattern.parts[index] ?? { delimiter: '' };
  const known = Array.from({ length: index }, (_, at) => `'v${at}': s.v${at}`);
  const state = (rest: string, next: string, value: string): string =>
    `{${['rest', 'next'].map((name, at) => `'${name}': ${[rest, next][at]}`).join(', ')}${[...known, `'v${index}': ${value}`].map((member) => `, ${member}`).join('')}}`;
  const skipped = state('s.rest', 's.next', "''");
  if (delimiter === '')
    return `CASE WHEN s.next > ${index} THEN ${skipped} ELSE ${state("''", `s.next + 1`, 's.rest')} END`;
  const at = textLiteral(delimiter);
  const width = [...delimiter].length;
  const repeats = `regexp_extract(p.behind, ${textLiteral(`\\A(?:${quoted(delimiter)})*`)}, 0, 's')`;
  const taken = bind(
    'r',
    repeats,
    state(
      'substring(p.behind, length(r) + 1)',
      `s.next + 1 + least(length(r) // ${width}, ${emptyPartsAfter(pattern, index)})::INTEGER`,
      'p.value',
    ),
  );
  const cut = `{'value': left(s.rest, strpos(s.rest, ${at})::INTEGER - 1), 'behind': substring(s.rest, strpos(s.rest, ${at}) + ${width})}`;
  return `CASE WHEN s.next > ${index} THEN ${skipped} WHEN contains(s.rest, ${at}) THEN ${bind('p', cut, taken)} END`;
}

const quoted = (text: string): string =>
  printRegex({
    kind: 'sequence',
    parts: Array.from(text, (point) => {
      const code = point.codePointAt(0) ?? 0;
      return { kind: 'set', ranges: [[code, code]], negated: false } as const;
    }),
  });
