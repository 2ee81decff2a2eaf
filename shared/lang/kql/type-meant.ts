import { isNetwork } from '#shared/base/ip-address.ts';
import type { FieldType } from '#shared/event/field.ts';

/** The type of a field that a value is meant for, where its form tells: a number or a network. */
export function typeMeant(text: string): FieldType | null {
  if (/^-?\d{1,15}$/.test(text)) return 'long';
  if (/^-?\d+\.\d+$/.test(text)) return 'double';
  return text.includes('/') && isNetwork(text) ? 'ip' : null;
}
