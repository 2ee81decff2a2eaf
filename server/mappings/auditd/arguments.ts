import { bytesOf, type Fields } from './fields.ts';

/** Far above what the kernel lets a command have. */
const MOST_ARGUMENTS = 200_000;

const ARGUMENT = /^a(\d{1,6})(?:\[(\d{1,6})\])?$/;

/**
 * The arguments of a command from its EXECVE records. A long command comes in several, and a long argument in pieces, `a1[0]=`
 * `a1[1]=`, whose bytes are joined before they are read as text (linux `kernel/auditsc.c`, audit_log_execve_info).
 */
export function argumentsOf(records: readonly Fields[]): readonly string[] | undefined {
  const pieces = new Map<number, Map<number, Buffer>>();
  for (const fields of records) {
    for (const [name, value] of fields) {
      const [, index, piece = '0'] = ARGUMENT.exec(name) ?? [];
      if (index === undefined || Number(index) >= MOST_ARGUMENTS) continue;
      const argument = pieces.get(Number(index)) ?? new Map<number, Buffer>();
      argument.set(Number(piece), bytesOf(value) ?? Buffer.alloc(0));
      pieces.set(Number(index), argument);
    }
  }
  if (pieces.size === 0) return undefined;
  const indexes = [...pieces.keys()].toSorted((left, right) => left - right);
  // A lost record leaves a gap; the rest keeps its order.
  return indexes.map((index) => joined(pieces.get(index) ?? new Map()));
}

const joined = (pieces: ReadonlyMap<number, Buffer>): string =>
  pieces.size === 1
    ? (pieces.get(0) ?? [...pieces.values()][0] ?? Buffer.alloc(0)).toString('utf8')
    : Buffer.concat([...pieces].toSorted(([left], [right]) => left - right).map(([, bytes]) => bytes)).toString('utf8');
