import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guideStep } from '#client/testing/factories.ts';
import { faultsOf, newStep, withoutStep, withStep, withStepAt } from './guide-changes.ts';

const guide = { summary: '', caution: '', steps: ['a', 'b', 'c'].map((id) => guideStep({ id })) };
const ids = ({ steps }: typeof guide) => steps.map(({ id }) => id).join('');

test('a step moves to any place, and the others keep their order', () => {
  expect(ids(withStepAt(guide, 'a', 1))).toBe('bac');
  expect(ids(withStepAt(guide, 'c', -1))).toBe('cab');
  expect(ids(withStepAt(guide, 'a', 9))).toBe('bca');
  expect(withStepAt(guide, 'z', 0)).toBe(guide);
  fc.assert(
    fc.property(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: -2, max: 5 }), (id, place) => {
      const moved = ids(withStepAt(guide, id, place));
      expect(moved.replace(id, '')).toBe('abc'.replace(id, ''));
      expect(moved.indexOf(id)).toBe(Math.max(0, Math.min(place, 2)));
    }),
  );
});

test('a new step has an id of its own', () => {
  const steps = [...guide.steps, guideStep({ id: 'step-4' })];
  expect(newStep(steps, 'respond')).toMatchObject({ id: 'step-5', findings: ['done', 'not-applicable'] });
  expect(newStep([guideStep({ id: 'step-2' })], 'investigate').id).toBe('step-3');
});

test('one step is changed or removed, and faults are found at their fields', () => {
  expect(withStep(guide, 'b', { title: 'Other' }).steps.map(({ title }) => title)).toEqual([
    'Read the command',
    'Other',
    'Read the command',
  ]);
  expect(ids(withoutStep(guide, 'b'))).toBe('ac');
  const at = faultsOf(guide, 'b', [
    { path: 'steps.1.query.kql', message: 'One.' },
    { path: 'steps.1.query.kql', message: 'Two.' },
    { path: 'steps.2.title', message: 'Three.' },
  ]);
  expect([at('query.kql'), at('title')]).toEqual(['One. Two.', undefined]);
});
