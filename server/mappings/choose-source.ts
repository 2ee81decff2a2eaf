import { ecs } from './ecs.ts';
import { type Framing, framesOf } from './frames.ts';
import type { Mapping } from './mapping.ts';
import { MAPPINGS, mappingNamed, recognise } from './registry.ts';
import { UnknownSource } from './unknown-source.ts';

export interface Choice {
  readonly mapping: Mapping;
  /** Nothing but ECS documents and what the loader will refuse. */
  readonly isPlainEcs: boolean;
}

/** How much of a file is looked at. */
const LOOK_RECORDS = 100;
const LOOK_CHARACTERS = 1024 * 1024;

/** Whose records a file holds: as somebody says, or as its first records look. Throws `UnknownSource`. */
export async function chooseSource(path: string, framing: Framing, named: string | undefined): Promise<Choice> {
  const lines = await firstRecords(path, framing);
  const mapping = named === undefined ? recognise(lines) : mappingNamed(named);
  if (named !== undefined) {
    if (!mapping) throw new UnknownSource(`There is no source ${named}; there are ${names()}.`);
    return { mapping, isPlainEcs: mapping === ecs && framing === 'lines' };
  }
  const [first] = lines;
  if (first === undefined) return { mapping: ecs, isPlainEcs: true };
  if (!mapping) throw unknown(first);
  return { mapping, isPlainEcs: framing === 'lines' && mapping === ecs && !lines.some(foreignSource) };
}

/** Whose line it is, where not an ECS document. */
export function foreignSource(line: string): Mapping | undefined {
  const mapping = recognise([line]);
  return mapping === ecs ? undefined : mapping;
}

/** Characters of a record that are shown of it. */
const BEGINNING = 80;

const names = (): string => MAPPINGS.map(({ name }) => name).join(', ');

/** What is in no text: what bytes become that are no UTF-8, and NUL. */
const NO_TEXT = ['\ufffd', '\0'] as const;

function unknown(first: string): UnknownSource {
  const beginning = first.slice(0, BEGINNING);
  if (NO_TEXT.some((sign) => beginning.includes(sign))) {
    return new UnknownSource(
      'This is no text, and no gzip or zstd file of text: it begins with bytes that no log has.',
    );
  }
  const tried = MAPPINGS.map(({ title }) => title).join(', ');
  const shown = first.length > BEGINNING ? `${beginning}…` : first;
  return new UnknownSource(
    `No source that is understood: the first record begins ${JSON.stringify(shown)}. Tried: ${tried}.`,
  );
}

async function firstRecords(path: string, framing: Framing): Promise<readonly string[]> {
  const records: string[] = [];
  let characters = 0;
  for await (const { text } of framesOf(path, framing)) {
    records.push(text);
    characters += text.length;
    if (records.length === LOOK_RECORDS || characters > LOOK_CHARACTERS) break;
  }
  return records;
}
