import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { lowerWithin } from './cidr-match.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';

type Call = Node & { readonly kind: 'call' };

/** Functions that say shortly what others say as well: a call of them, at the same place. */
const call = (at: Node, name: string, args: readonly Node[]): Call => ({
  kind: 'call',
  name: { text: name, ...spanOf(at) },
  args,
  star: false,
  ...spanOf(at),
});

const constant = (at: Node, value: string): Node => ({ kind: 'string', value, ...spanOf(at) });

function wrongArguments(node: Call, wanted: string, context: Context): null {
  const message = `Function [${node.name.text}] takes ${wanted}`;
  return report(context, node, { code: 'wrong-arguments', message });
}

/** `clamp(x, min, max)`, `clamp_min(x, min)`, `clamp_max(x, max)`: null where one of them is. */
export function lowerClamp(node: Call, context: Context): Lowered {
  const [value, first, second, ...more] = node.args;
  const name = node.name.text.toLowerCase();
  const wanted = name === 'clamp' ? 3 : 2;
  if (!value || !first || more.length > 0 || node.args.length !== wanted)
    return wrongArguments(node, `${wanted} arguments, found ${node.args.length}`, context);
  const raised = (by: Node) => call(node, 'greatest', [value, by]);
  if (name === 'clamp_max') return context.lower(call(node, 'least', [value, first]), context);
  return context.lower(second ? call(node, 'least', [raised(first), second]) : raised(first), context);
}

/** Names of algorithms, as Java's `MessageDigest` has them, and the functions that compute them. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha', 'sha1'],
  ['sha1', 'sha1'],
  ['sha-1', 'sha1'],
  ['sha256', 'sha256'],
  ['sha-256', 'sha256'],
]);

/** `hash("sha256", text)`. */
export function lowerHash(node: Call, context: Context): Lowered {
  const [algorithm, text, ...more] = node.args;
  if (!algorithm || !text || more.length > 0)
    return wrongArguments(node, 'the name of an algorithm and a text', context);
  const name = algorithm.kind === 'string' ? ALGORITHMS.get(algorithm.value.toLowerCase()) : undefined;
  if (name !== undefined) return context.lower(call(node, name, [text]), context);
  return report(context, algorithm, {
    code: 'unsupported-algorithm',
    message: `Algorithms are the constants "md5", "sha-1" and "sha-256", found [${sourceOf(context, algorithm)}]`,
  });
}

/** `multi_match("text", field, …)`: whether one of the fields matches. */
export function lowerMultiMatch(node: Call, context: Context): Lowered {
  const [query, ...fields] = node.args;
  if (!query || fields.length === 0) return wrongArguments(node, 'a constant and one or more fields', context);
  const options = node.options && { options: node.options };
  const operands = fields.map((field): Node => ({ ...call(node, 'match', [field, query]), ...options }));
  const [only] = operands;
  return context.lower(only && operands.length === 1 ? only : { kind: 'or', operands, ...spanOf(node) }, context);
}

/** `mv_intersects(a, b)`: whether there is anything in what both have; where one has nothing there is not. */
export function lowerMvIntersects(node: Call, context: Context): Lowered {
  const of = context.lower(call(node, 'mv_intersection', node.args), context);
  return of && { kind: 'not', operand: { kind: 'is-null', of }, span: spanOf(node) };
}

/** Networks by name (elastic/elasticsearch `NetworkDirectionUtils`). */
const NETWORKS: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'],
  unspecified: ['0.0.0.0/32', '::/128'],
  multicast: ['224.0.0.0/4', 'ff00::/8'],
  link_local_unicast: ['169.254.0.0/16', 'fe80::/10'],
  link_local_multicast: ['224.0.0.0/24', 'ff02::/16'],
  interface_local_multicast: ['ff01::/16'],
};

/**
 * `network_direction(source, destination, networks)`: `internal`, `outbound`, `inbound` or `external`, by whether either address
 * lies in the networks, which are a constant or a list of them; null where an address is missing.
 */
export function lowerNetworkDirection(node: Call, context: Context): Lowered {
  const [source, destination, networks, ...more] = node.args;
  if (!source || !destination || !networks || more.length > 0)
    return wrongArguments(node, 'two addresses and the networks that are internal', context);
  const listed = networks.kind === 'list' ? networks.items : [networks];
  const blocks = listed.flatMap((item): readonly Node[] => {
    const named = item.kind === 'string' ? NETWORKS[item.value.toLowerCase()] : undefined;
    return named ? named.map((network) => constant(item, network)) : [item];
  });
  const from = lowerWithin(node, source, blocks, context);
  const to = from && lowerWithin(node, destination, blocks, context);
  if (!from || !to) return null;
  // Whether an address is inside is much SQL, so that it stands here as seldom as can be.
  const between = (inside: string, outside: string) => choice(node, to.inside, word(inside), word(outside));
  const known = choice(node, from.inside, between('internal', 'outbound'), between('inbound', 'external'));
  return choice(node, from.absent, UNKNOWN, to.absent, UNKNOWN, known);
}

const UNKNOWN: Expression = { kind: 'literal', type: 'null', value: null };
const word = (value: string): Expression => ({ kind: 'literal', type: 'string', value });
const choice = (node: Call, ...args: readonly Expression[]): Expression => ({
  kind: 'call',
  name: 'case',
  type: 'string',
  args,
  span: spanOf(node),
});
