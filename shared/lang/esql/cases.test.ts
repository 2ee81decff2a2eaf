import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Diagnostic, positionAt } from '#shared/base/diagnostic.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { columnsAfter, sourceColumns } from '#shared/plan/columns.ts';
import { printPlan } from '#shared/plan/print.ts';
import { validatePlan } from '#shared/plan/validate.ts';
import { compileEsql } from './compile.ts';

/** Cases are files; each states some of what a query over its schema comes to. */
const typeSchema = z.enum(['keyword', 'wildcard', 'text', 'long', 'double', 'boolean', 'date', 'ip']);
const caseSchema = z.strictObject({
  query: z.string(),
  /** Why it is so, where that surprises. */
  because: z.string().optional(),
  /** `name: type` of the result. */
  columns: z.record(z.string(), z.string()).optional(),
  /** The plan, printed. */
  plan: z.string().optional(),
  /** `code line:column message`, of errors or, with a plan or columns, of warnings. */
  diagnostics: z.array(z.string()).default([]),
});
const fileSchema = z.strictObject({ schema: z.record(z.string(), typeSchema), cases: z.array(caseSchema).min(1) });

const folder = new URL('cases/', import.meta.url);

for (const file of readdirSync(folder)) {
  const { schema, cases } = fileSchema.parse(parse(readFileSync(new URL(file, folder), 'utf8')));
  const catalogue = catalogueOf(Object.entries(schema).map(([name, type]) => ({ name, type })));
  const source = sourceColumns(catalogue);
  describe(file, () => {
    test.each(cases.map((item) => [item.query, item] as const))('%s', (query, item) => {
      const compiled = compileEsql(query, catalogue);
      const found = compiled.ok ? compiled.value.warnings : compiled.error;
      expect(found.map((diagnostic) => show(query, diagnostic))).toEqual(item.diagnostics);
      expect(compiled.ok).toBe(item.plan !== undefined || item.columns !== undefined);
      if (!compiled.ok) return;
      const { plan, columns } = compiled.value;
      expect(validatePlan(plan, source)).toEqual([]);
      expect(columnsAfter(plan.steps, source)).toEqual(expect.arrayContaining([...columns]));
      if (item.plan !== undefined) expect(printPlan(plan)).toBe(item.plan);
      if (item.columns) expect(columns.map(({ name, type }) => [name, type])).toEqual(Object.entries(item.columns));
    });
  });
}

function show(query: string, { code, message, span }: Diagnostic): string {
  const place = span && positionAt(query, span.from);
  return [code, ...(place ? [`${place.line}:${place.column}`] : []), message].join(' ');
}
