import { must } from '#shared/base/assert.ts';
import type { Span } from '#shared/base/diagnostic.ts';
import { isNetwork, rangeOfNetwork } from '#shared/base/ip-address.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { anyOf, type Expression } from '#shared/plan/expression.ts';
import { typeOf } from '#shared/plan/types.ts';
import { addressKey } from './address-key.ts';
import { lowerAll, single } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { labelOf } from './type-label.ts';

type Call = Node & { readonly kind: 'call' };

/**
 * `cidr_match(ip, "10.0.0.0/8", …)`: whether the column's address lies in any of the networks; null where it has none or
 * several.
 */
export function lowerCidrMatch(node: Call, context: Context): Lowered {
  const [subject, ...blocks] = node.args;
  if (!subject || blocks.length === 0) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `Function [${node.name.text}] takes an address and one or more networks`,
    });
  }
  const where = lowerWithin(node, subject, blocks, context);
  if (!where) return null;
  const unknown: Expression = { kind: 'literal', type: 'null', value: null };
  const args = [where.absent, unknown, where.inside];
  return { kind: 'call', name: 'case', type: 'boolean', args, span: spanOf(node) };
}

/** Of an argument: whether it has no one address, and whether the one it has lies in any of the networks. */
export function lowerWithin(
  node: Call,
  subject: Node,
  blocks: readonly Node[],
  context: Context,
): { readonly absent: Expression; readonly inside: Expression } | null {
  const address = lowerAddress(node, subject, context);
  const tests = lowerAll(blocks, (block) => address && lowerBlock(block, address, context));
  if (!address || !tests) return null;
  return { absent: { kind: 'is-null', of: single(address), span: spanOf(node) }, inside: anyOf(tests) };
}

/** Whether a computed address lies between the first and the last of a network. */
function isBetween(address: Expression, network: string, span: Span): Expression {
  const [first, last] = must(rangeOfNetwork(network), 'network');
  const bound = (operator: '>=' | '<=', value: bigint): Expression => {
    const key: Expression = { kind: 'literal', type: 'string', value: value.toString(16).padStart(32, '0') };
    return { kind: 'compare', operator, left: addressKey(address), right: key, span };
  };
  return { kind: 'and', operands: [bound('>=', first), bound('<=', last)], span };
}

function lowerAddress(node: Call, subject: Node, context: Context) {
  const value = context.lower(subject, context);
  if (value === null) return value;
  if (typeOf(value) === 'ip') return withoutCast(value);
  return report(context, subject, {
    code: 'type-mismatch',
    message: `first argument of [${sourceOf(context, node)}] must be [ip], found value [${sourceOf(context, subject)}] type [${labelOf(value)}]`,
  });
}

/** An address stays what it is: of a column one question asks for all networks. */
function withoutCast(address: Expression): Expression {
  if (address.kind !== 'call' || address.name !== 'to_ip') return address;
  const [of] = address.args;
  return of?.kind === 'column' && of.type === 'ip' ? of : address;
}

function lowerBlock(block: Node, address: Expression, context: Context): Lowered {
  const value = context.lower(block, context);
  if (!value) return null;
  if (value.kind === 'literal' && typeof value.value === 'string' && isNetwork(value.value)) {
    if (address.kind !== 'column') return isBetween(single(address), value.value, spanOf(block));
    const test = { kind: 'cidr', network: value.value } as const;
    return { kind: 'any', field: address.name, type: 'ip', test, span: spanOf(block) };
  }
  return report(context, block, {
    code: 'wrong-arguments',
    message:
      typeOf(value) === 'string' && value.kind === 'literal'
        ? `[${String(value.value)}] is no network in CIDR notation`
        : `Networks are constant texts, found [${sourceOf(context, block)}]`,
  });
}
