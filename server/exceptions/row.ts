import type { Selectable } from 'kysely';
import * as z from 'zod';
import { Refusal } from '#server/refusal.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { ExceptionTable } from '#server/state/tables/exceptions.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';
import {
  commentSchema,
  type Exception,
  type ExceptionComment,
  type ExceptionDraft,
  exceptionCaseSchema,
  exceptionSchema,
  osTypeSchema,
  stageSchema,
  tagsSchema,
} from '#shared/exceptions/item.ts';

const { shape } = exceptionSchema;
const entriesColumn = jsonColumn(shape.entries);
const osTypesColumn = jsonColumn(z.array(osTypeSchema));
const tagsColumn = jsonColumn(tagsSchema);
const commentsColumn = jsonColumn(z.array(commentSchema));
const casesColumn = jsonColumn(z.array(exceptionCaseSchema));
const originColumn = jsonColumn(shape.origin.unwrap());
const metaColumn = jsonColumn(shape.meta.unwrap());

export function exceptionOf(row: Selectable<ExceptionTable>): Exception {
  return {
    ...row,
    stage: stageSchema.parse(row.stage),
    entries: entriesColumn.read(row.entries),
    osTypes: osTypesColumn.read(row.osTypes),
    tags: tagsColumn.read(row.tags),
    comments: commentsColumn.read(row.comments),
    meta: row.meta === null ? null : metaColumn.read(row.meta),
    cases: casesColumn.read(row.cases),
    enabled: row.enabled === 1,
    origin: row.origin === null ? null : originColumn.read(row.origin),
  };
}

/** The columns that a draft fills; a time of expiry is kept as all times are. */
export function draftColumns(draft: ExceptionDraft) {
  const { rule, list, name, reason, stage, entries, osTypes, tags, enabled, expiresAt, origin, cases } = draft;
  return {
    rule,
    list,
    name,
    reason,
    stage,
    entries: entriesColumn.write(entries),
    osTypes: osTypesColumn.write(osTypes),
    tags: tagsColumn.write(tags),
    cases: casesColumn.write(cases),
    enabled: enabled ? 1 : 0,
    expiresAt: expiresAt === null ? null : expiryText(expiresAt),
    origin: origin === null ? null : originColumn.write(origin),
  };
}

function expiryText(text: string): string {
  const instant = parseInstant(text);
  if (instant !== null) return formatInstant(instant);
  throw new Refusal('invalid-request', 'The expiry must be an ISO 8601 time.', {
    details: [{ path: 'body.expiresAt', message: `not a time: ${text}` }],
  });
}

/** What an exception is beside its draft and its version: who made it, what was said of it, and what Kibana knows it by. */
export const factsSchema = exceptionSchema.pick({
  itemId: true,
  meta: true,
  comments: true,
  createdAt: true,
  createdBy: true,
});
export type ExceptionFacts = z.output<typeof factsSchema>;

/** The columns that facts fill. */
export const factColumns = ({ meta, comments, ...facts }: ExceptionFacts) => ({
  ...facts,
  comments: writeComments(comments),
  meta: meta === null ? null : metaColumn.write(meta),
});

export const writeComments = (comments: readonly ExceptionComment[]): string => commentsColumn.write([...comments]);

export const draftOf = ({
  id: _i,
  itemId: _k,
  meta: _m,
  comments: _c,
  version: _v,
  ...rest
}: Exception): ExceptionDraft => {
  const { createdAt: _ca, createdBy: _cb, updatedAt: _ua, updatedBy: _ub, ...draft } = rest;
  return draft;
};
