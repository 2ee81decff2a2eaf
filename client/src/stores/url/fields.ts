import * as z from 'zod';
import { parseInstant } from '#shared/base/time.ts';

/** Members of search schemas. Each falls back instead of failing: an old or mistyped link still opens. */
const MAX_LENGTH = 8192;
const MAX_ITEMS = 100;

const asList = (raw: unknown): unknown => (raw === undefined ? [] : Array.isArray(raw) ? raw : [raw]);

/** Texts given once or repeatedly; what does not fit is left out. */
export const listOf = <Item extends z.ZodType<string>>(item: Item) =>
  z.preprocess((raw) => {
    const items = asList(raw);
    return Array.isArray(items) ? items.filter((value) => item.safeParse(value).success).slice(0, MAX_ITEMS) : [];
  }, z.array(item));

export const textList = listOf(z.string().min(1).max(MAX_LENGTH));
export const text = z.string().max(MAX_LENGTH).catch('');
export const optionalText = z.string().min(1).max(MAX_LENGTH).optional().catch(undefined);
export const optionalTime = z
  .string()
  .refine((value) => parseInstant(value) !== null)
  .optional()
  .catch(undefined);
export const oneOf = <Value extends string>(values: readonly Value[], fallback: Value) =>
  z
    .unknown()
    .optional()
    .transform((raw): Value => values.find((value) => value === raw) ?? fallback);
export const optionalInteger = (min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).optional().catch(undefined);
