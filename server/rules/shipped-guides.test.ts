import { beforeAll, describe, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { checkGuide } from '#shared/guide/check-guide.ts';
import type { Guide } from '#shared/guide/guide.ts';
import { NEW_CHILD, RARE_COMMAND, shippedRule } from './testing/rules.ts';

describe.each([RARE_COMMAND, NEW_CHILD])('the guide of %s', (slug) => {
  let guide: Guide;
  beforeAll(async () => {
    guide = must((await shippedRule(slug)).guide, 'guide');
  });

  test('is one that a lead could save, without a warning', () => {
    expect(checkGuide(guide, ECS_PROCESS)).toEqual([]);
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
});
