import { beforeAll, describe, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { parseSpan } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Guide } from '#shared/guide/guide.ts';
import { HINTS } from '#shared/guide/hints.ts';
import { templateFields } from '#shared/guide/template.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { NEW_CHILD, RARE_COMMAND, shippedRule } from './testing/rules.ts';

const isField = (name: string): boolean => ECS_PROCESS.find(name) !== undefined;
const unknown = (names: readonly string[]): readonly string[] => names.filter((name) => !isField(name));

describe.each([RARE_COMMAND, NEW_CHILD])('the guide of %s', (slug) => {
  let guide: Guide;
  beforeAll(async () => {
    guide = must((await shippedRule(slug)).guide, 'guide');
  });

  test('names fields that events have', () => {
    for (const { fields, exceptionFields, query, commands } of guide.steps) {
      const inTemplates = [query?.kql ?? '', ...commands.map(({ command }) => command)].flatMap(templateFields);
      expect(unknown([...fields, ...exceptionFields, ...(query?.columns ?? []), ...inTemplates])).toEqual([]);
    }
  });

  test('asks queries that can be asked, whatever the values', () => {
    for (const { id, query } of guide.steps) {
      if (!query) continue;
      const filled = query.kql.replaceAll(/\{\{[^}]+\}\}/g, '("a b" or "c:d")');
      const compiled = compileKql(filled, ECS_PROCESS);
      expect(compiled.ok ? compiled.value.warnings : compiled.error, id).toEqual([]);
      expect(parseSpan(query.before), id).toBeGreaterThan(0);
      expect(parseSpan(query.after), id).toBeGreaterThan(0);
      expect(query.reading).not.toBe('');
    }
  });

  test('names hints that there are', () => {
    expect(guide.steps.flatMap(({ hints }) => hints).filter((name) => !HINTS.has(name))).toEqual([]);
  });

  test('every investigation can be answered from the data and says what it does not see', () => {
    for (const step of guide.steps.filter(({ kind }) => kind === 'investigate')) {
      expect(step.query, step.id).not.toBeNull();
      expect(step.fields.length, step.id).toBeGreaterThan(0);
      expect(step.hints.length, step.id).toBeGreaterThan(0);
      expect(step.notCovered, step.id).not.toBeNull();
    }
  });

  test('every false positive offers an exception', () => {
    for (const step of guide.steps.filter(({ kind }) => kind === 'false-positive')) {
      expect(step.exceptionFields.length, step.id).toBeGreaterThan(0);
    }
  });

  test('no command takes a value for an option', () => {
    for (const { command } of guide.steps.flatMap(({ commands }) => commands)) {
      // A value stands behind `--`, as the argument of an option, or joined to one.
      for (const match of command.matchAll(/(\S*)\s*\{\{/g)) {
        expect(match[1], command).toMatch(/^(--|-p|-d|-uid|--uid-owner|euid=)$/);
      }
    }
  });
});
