import { join } from 'node:path';
import { plainSource } from '#server/store/duckdb/load/source.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type Field, type FieldCatalogue } from '#shared/event/field.ts';
import { widen } from '#shared/event/widen.ts';
import { fieldsNamed } from '#shared/lang/fields-named.ts';
import { inferFields, lookThrough } from './infer.ts';
import type { InputFile } from './input.ts';
import { loadMapping } from './mapping-file.ts';
import { messageOf, Problem } from './problem.ts';
import { resolvePath, type Terminal } from './terminal.ts';

/** The fields of a mapping file. */
export const mappedFields = (terminal: Terminal, name: string): Promise<FieldCatalogue> =>
  loadMapping(name, resolvePath(terminal, name));

/** A mapping with the members of flattened fields that an ES|QL query names: it knows them all, and lists none. */
export const withMembersNamed = (mapping: FieldCatalogue, query: string): FieldCatalogue =>
  widen(
    mapping,
    fieldsNamed(query, 'esql').flatMap(({ name }) => mapping.find(name)?.name ?? []),
  );

/** The fields of ECS process events, whether the files have them or not. */
export const ECS_FIELDS: FieldCatalogue = ECS_PROCESS;

/** The fields that a store has to hold for these names. */
export function storedFields(names: Iterable<string>, catalogue: FieldCatalogue): FieldCatalogue {
  const stored = new Set(names);
  const listed = catalogue.fields.filter(({ name }) => stored.delete(name));
  // A member of an object may be no field in the list, and one nevertheless.
  return catalogueOf([...listed, ...[...stored].flatMap((name) => catalogue.find(name) ?? [])]);
}

/** What the files themselves say of their fields. */
export interface InferredFields {
  /** Fields that occur, by name; ECS knows the type of its own. */
  readonly found: FieldCatalogue;
  /** Those and every field of ECS. */
  readonly all: FieldCatalogue;
}

/** Reads all records of the files once to learn their fields. */
export async function fieldsInFiles(
  terminal: Terminal,
  folder: string,
  files: readonly InputFile[],
): Promise<InferredFields> {
  const inference = inferFields(ECS_PROCESS);
  for (const [index, { name, path }] of files.entries()) {
    try {
      const plain = await plainSource(path, await subFolder(folder, index), { signal: terminal.signal });
      await lookThrough(plain, inference, terminal.signal);
    } catch (error) {
      if (terminal.signal.aborted) throw error;
      throw new Problem(`${name}: cannot be read: ${messageOf(error)}`);
    }
  }
  const found = inference.fields();
  return { found: uniqueFields(found), all: uniqueFields([...ECS_PROCESS.fields, ...found]) };
}

async function subFolder(folder: string, index: number): Promise<string> {
  const { mkdir } = await import('node:fs/promises');
  const path = join(folder, `fields-${index}`);
  await mkdir(path);
  return path;
}

const uniqueFields = (fields: readonly Field[]): FieldCatalogue =>
  catalogueOf([...new Map(fields.map((field) => [field.name, field])).values()]);

/** A catalogue, and whether a reader of it wanted more than it has: an unknown name, or all of its names. */
export function watchedCatalogue(catalogue: FieldCatalogue): {
  readonly catalogue: FieldCatalogue;
  readonly wantedMore: () => boolean;
} {
  let wanted = false;
  return {
    catalogue: {
      get fields() {
        wanted = true;
        return catalogue.fields;
      },
      find: (name) => {
        const field = catalogue.find(name);
        wanted ||= field === undefined && !name.endsWith('.caseless');
        return field;
      },
    },
    wantedMore: () => wanted,
  };
}
