import { unreachable } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { isNetwork, parseAddress } from '#shared/base/ip-address.ts';
import { nameOf, type ResolvedField } from '#shared/lang/kql/fields.ts';
import type { ValueTest } from '#shared/lang/kql/lower-value.ts';
import type { ListEntry } from './item.ts';
import { oneOf, valueTest } from './value-tests.ts';

/** Values of lists by the list's id. */
export type ValueLists = ReadonlyMap<string, readonly string[]>;

/** Elastic puts no more values of a list into a query, and no more stretches of addresses (elastic/kibana `build_exception_filter`). */
const MOST_VALUES = 65_536;
const MOST_STRETCHES = 200;

/** Whether a value is in the list, as tests of which one must pass. */
export function listTests(
  { list, field }: ListEntry,
  resolved: ResolvedField,
  lists: ValueLists,
): readonly ValueTest[] {
  const values = lists.get(list.id);
  if (!values) return [refused('unknown-list', `There is no list ${list.id}, which the condition on ${field} names.`)];
  if (values.length > MOST_VALUES || values.filter(isStretch).length > MOST_STRETCHES) {
    return [
      refused(
        'list-too-long',
        `The list ${list.id} has ${values.length} values: at most ${MOST_VALUES}, and ${MOST_STRETCHES} stretches of addresses, can be applied.`,
      ),
    ];
  }
  switch (list.type) {
    case 'keyword':
    case 'ip':
      return oneOf(values.map((value) => valueTest(value, resolved)));
    case 'ip_range':
      return resolved.field.type === 'ip'
        ? values.map((value) => rangeTest(value, list.id))
        : [refused('list-on-type', `The list ${list.id} holds networks, and ${nameOf(resolved)} is no address.`)];
    default:
      return unreachable(list.type);
  }
}

const isStretch = (value: string): boolean => value.includes('-');

/** A network, an address, or every address from one to another. */
function rangeTest(text: string, list: string): ValueTest {
  const [from = '', to] = text.split('-').map((part) => part.trim());
  if (to === undefined && isNetwork(from)) return { kind: 'cidr', network: from };
  if (to === undefined || parseAddress(from) === null || parseAddress(to) === null) {
    return refused('invalid-value', `The list ${list} has "${text}", which is no network and no stretch of addresses.`);
  }
  return {
    kind: 'range',
    bounds: [
      { operator: '>=', value: from },
      { operator: '<=', value: to },
    ],
  };
}

const refused = (code: string, message: string): ValueTest => ({
  kind: 'refused',
  because: { code, severity: 'error', message } satisfies Diagnostic,
});
