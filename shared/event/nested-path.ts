import type { Field } from './field.ts';

/** Whether a name is this path, or of something below it. */
export const isWithinPath = (name: string, path: string): boolean => name === path || name.startsWith(`${path}.`);

/** The list of objects, of these fields, in which a field of this name stands or that it names. */
export const nestedFieldAbove = (name: string, fields: readonly Field[]): Field | undefined =>
  fields.find((field) => field.type === 'nested' && isWithinPath(name, field.name));
