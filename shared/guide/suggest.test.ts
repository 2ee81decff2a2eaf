import { expect, test } from 'vitest';
import { type Finding, type Guide, type GuideStep, USUAL_FINDINGS } from './guide.ts';
import { suggestVerdict } from './suggest.ts';

const step = (id: string, kind: GuideStep['kind']): GuideStep => ({
  id,
  kind,
  title: id.toUpperCase(),
  ask: '',
  detail: '',
  fields: [],
  query: null,
  hints: [],
  conditions: [],
  findings: [...USUAL_FINDINGS[kind]],
  notCovered: null,
  exceptionFields: [],
  commands: [],
});

const guide: Guide = {
  summary: '',
  caution: '',
  steps: [
    step('a', 'investigate'),
    step('b', 'investigate'),
    step('c', 'investigate'),
    step('d', 'false-positive'),
    step('e', 'respond'),
  ],
};

const suggest = (answers: Readonly<Record<string, Finding | null>>) =>
  suggestVerdict(
    guide,
    Object.entries(answers).map(([id, finding]) => ({
      step: id,
      finding,
      note: '',
      evidence: [],
      author: null,
      updatedAt: null,
      changes: [],
      version: 1,
    })),
  );

test.each<[Readonly<Record<string, Finding | null>>, string | undefined]>([
  [{}, undefined],
  [{ a: 'expected' }, undefined],
  [{ a: 'suspicious' }, undefined],
  [{ a: null, b: null, c: null }, undefined],
  [{ e: 'done' }, undefined],
  [{ a: 'suspicious', b: 'suspicious' }, 'true-positive-impact'],
  [{ a: 'suspicious', b: 'expected', c: 'unknown' }, 'true-positive-impact'],
  [{ a: 'suspicious', d: 'expected' }, 'inconclusive'],
  [{ d: 'expected' }, 'benign'],
  [{ d: 'suspicious' }, undefined],
  [{ a: 'expected', b: 'expected', c: 'not-applicable' }, 'benign'],
  [{ a: 'expected', b: 'unknown', c: 'expected' }, 'inconclusive'],
  [{ a: 'not-applicable', b: 'not-applicable', c: 'not-applicable' }, undefined],
])('%j suggests %s', (answers, verdict) => {
  expect(suggest(answers)?.verdict).toBe(verdict);
});

test('the reason names the steps', () => {
  expect(suggest({ a: 'suspicious', d: 'expected' })?.reason).toBe(
    '“D” would explain it, but “A” is suspicious: settle which holds.',
  );
});

test('an answer that later data contradicts counts as none', () => {
  const answered = (contradicted: boolean) =>
    suggestVerdict(
      guide,
      ['a', 'b'].map((step) => ({
        ...{ step, finding: 'suspicious' as const, note: '', evidence: [], author: 'ana', updatedAt: null, version: 1 },
        changes: contradicted ? [{ kind: 'rows' as const, before: 3, after: 0 }] : [],
      })),
    );
  expect(answered(false)?.verdict).toBe('true-positive-impact');
  expect(answered(true)).toBeNull();
});
