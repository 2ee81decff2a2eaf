import type * as z from 'zod';
import { readStanding } from '#server/exceptions/standing.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { exceptionFragments } from '#shared/api/exception-exchange.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { exceptionFragment, exceptionFragmentEsql } from '#shared/exceptions/fragment.ts';
import { exceptionsInForce } from '#shared/rule/exceptions-in-force.ts';

type Fragments = z.output<typeof exceptionFragments.response>;

/** A rule's exceptions in force as conditions for a query elsewhere, one a line; those that a language cannot say are named. */
export async function fragmentsOf(
  state: StateReader,
  catalogue: FieldCatalogue,
  slug: string,
  now: Instant,
): Promise<Fragments> {
  const exceptions = exceptionsInForce(await readStanding(state), slug, now);
  const refused: Fragments['refused'] = [];
  const said = (language: 'kql' | 'esql'): readonly string[] =>
    exceptions.flatMap(({ name, stage, entries, ...item }) => {
      if (stage === 'result') {
        refused.push({ language, name, message: 'It acts on results: put it behind the last STATS by hand.' });
        return [];
      }
      const fragment = (language === 'kql' ? exceptionFragment : exceptionFragmentEsql)(entries, catalogue, item);
      if (fragment.ok) return [fragment.value];
      refused.push({ language, name, message: fragment.error.map(({ message }) => message).join(' ') });
      return [];
    });
  return {
    kql: said('kql')
      .map((one) => `and ${one}`)
      .join('\n'),
    esql: said('esql')
      .map((one) => `| WHERE ${one}`)
      .join('\n'),
    refused,
  };
}
