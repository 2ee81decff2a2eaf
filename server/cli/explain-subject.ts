import type { ExplainSubject } from './explain.ts';
import { Problem } from './problem.ts';

/** The options of `explain`, as they were given. */
export interface ExplainGiven {
  readonly rule: string;
  readonly event?: string;
  readonly line?: string;
  readonly key?: readonly string[];
  readonly at?: string;
  readonly json?: boolean;
}

/** What is to be explained: exactly one of an event's id, a line, and keys. */
export function readSubject({ event, line, key = [] }: ExplainGiven): ExplainSubject {
  const given = [event !== undefined, line !== undefined, key.length > 0].filter(Boolean).length;
  if (given !== 1) throw new Problem('Give one of --event, --line and --key.');
  if (event !== undefined) return { kind: 'event', id: event };
  if (line === undefined) return { kind: 'keys', keys: Object.fromEntries(key.map(readKey)) };
  if (!/^[1-9]\d{0,14}$/.test(line)) throw new Problem(`--line ${line}: is no number of a line.`);
  return { kind: 'line', line: Number(line) };
}

function readKey(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Problem(`--key ${text}: write it as field=value.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
