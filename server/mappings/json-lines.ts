import { parseObject } from './json.ts';
import { openLinker } from './linker.ts';
import { type Mapping, rejected, shareOf, skipped } from './mapping.ts';
import type { ProcessRecord } from './record.ts';

/** What a record of a source is: a process event, something else that is no fault, or one that cannot be used. */
export type Read =
  | { readonly kind: 'record'; readonly record: Reading }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'reject'; readonly reason: string };

/** A process record without what every line has. */
export type Reading = Omit<ProcessRecord, 'line' | 'source' | 'original'>;

export const read = (record: Reading): Read => ({ kind: 'record', record });
export const skip = (reason: string): Read => ({ kind: 'skipped', reason });
export const refuse = (reason: string): Read => ({ kind: 'reject', reason });

interface JsonSource {
  readonly name: string;
  readonly title: string;
  /** Words of which a line must have all, before it is parsed to be recognised. */
  readonly words: readonly string[];
  readonly isOwn: (record: object) => boolean;
  readonly read: (record: object) => Read;
}

/** A source that writes one JSON object a line, each of them whole. */
export const jsonLines = (source: JsonSource): Mapping => ({
  name: source.name,
  title: source.title,
  recognise: (lines) => shareOf(lines, (line) => isOwnLine(source, line)),
  open(options) {
    const linker = openLinker(options);
    return {
      push(line, number) {
        const parsed = parseObject(line);
        if (!parsed.ok) return [rejected(number, parsed.error, line)];
        if (!source.isOwn(parsed.value)) return [rejected(number, `not a record of ${source.title}`, line)];
        const found = source.read(parsed.value);
        if (found.kind === 'record') {
          return linker.push({ ...found.record, line: number, source: source.name, original: line });
        }
        return [found.kind === 'skipped' ? skipped(number, found.reason) : rejected(number, found.reason, line)];
      },
      end: linker.end,
      unknownParents: linker.unknownParents,
    };
  },
});

function isOwnLine({ words, isOwn }: JsonSource, line: string): boolean {
  if (!line.startsWith('{') || !words.every((word) => line.includes(word))) return false;
  const parsed = parseObject(line);
  return parsed.ok && isOwn(parsed.value);
}
