import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { checkSource } from './check-source.ts';
import { readRuleSources } from './rule-source.ts';
import { NEW_CHILD, RARE_COMMAND } from './testing/rules.ts';

const file = (slug: string) =>
  readFile(fileURLToPath(new URL(`../../rules/${slug}/rule.toml`, import.meta.url)), 'utf8');

const exported = JSON.stringify({
  rule_id: '1',
  name: 'One',
  description: '',
  severity: 'low',
  risk_score: 1,
  type: 'threshold',
  query: 'process.name:"a\\\\b" and not host.id:(x or y)',
  threshold: { field: ['host.id'], value: 2, cardinality: [{ field: 'user.id', value: 2 }] },
  filters: [{ meta: { negate: true }, query: { bool: { should: [{ term: { 'host.id': 'x' } }] } } }],
  note: '## Investigation steps\n- Look.',
});

const SCRAPS = [
  '"',
  "'''",
  '"""',
  '\\',
  '\n',
  '[',
  ']',
  '{',
  '}',
  '=',
  '\u0000',
  '\ud800',
  '𝔘',
  '99999999999999999999',
  ' and ',
  '| stats ',
  ':',
  '-',
];

/** The text with pieces cut out, doubled or put in. */
const mangled = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(text.length),
        length: fc.nat(40),
        by: fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ maxLength: 8 }), fc.constant('')),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) => edits.reduce((now, { at, length, by }) => now.slice(0, at) + by + now.slice(at + length), text));

test.each([NEW_CHILD, RARE_COMMAND, 'exported'])(
  'however %s is mangled, it gets an answer with places in its text',
  async (which) => {
    const text = which === 'exported' ? `${exported}\n${exported}` : await file(which);
    fc.assert(
      fc.property(mangled(text), (given) => {
        const lines = given.split('\n').length;
        for (const source of readRuleSources(given, 'x').rules) {
          const { compiled, diagnostics } = checkSource(source, ECS_PROCESS);
          expect(compiled !== null || diagnostics.length > 0).toBe(true);
          for (const { line, column, message } of diagnostics) {
            expect(line >= 1 && line <= lines && column >= 1 && message.length > 0).toBe(true);
          }
        }
      }),
      { numRuns: 150 },
    );
  },
  120_000,
);
