import { expect, test } from 'vitest';
import { guideSchema } from './guide.ts';
import { guideOfNote } from './note-guide.ts';

const NOTE = `## Triage and analysis

> **Disclaimer**:
> Check it against your own environment.

### Investigating Odd Children

A server starts a program.

#### Possible investigation steps:

- Look at \`process.name\` and \`process.command_line\`; not at \`sh\`.
  - See [the handbook](https://example.org/a).
    - $osquery_0
- **Who** is \`user.name\`?
!{osquery{"query":"select 1"}}

### False positive analysis

- Deployments by \`user.id\`.

### Related rules

- Another rule - 1234

### Response and Remediation

Isolate the host.

End the process.
`;

test('headings give kinds, bullets give steps, what is nested explains', () => {
  const guide = guideOfNote(NOTE);
  expect(guideSchema.parse(guide)).toEqual(guide);
  expect(guide?.steps.map(({ kind, ask }) => [kind, ask])).toEqual([
    ['investigate', 'Look at process.name and process.command_line; not at sh.'],
    ['investigate', 'Who is user.name?'],
    ['false-positive', 'Deployments by user.id.'],
    ['respond', 'Isolate the host.'],
    ['respond', 'End the process.'],
  ]);
  expect(guide?.steps[0]).toMatchObject({
    title: 'Look at process.name and process.command_line',
    detail: 'See the handbook (https://example.org/a).',
    fields: ['process.name', 'process.command_line'],
    exceptionFields: [],
  });
  expect(guide?.steps[2]?.exceptionFields).toEqual(['user.id']);
  expect(guide?.summary).toBe('A server starts a program.');
  expect(guide?.caution).toBe('Disclaimer: Check it against your own environment.');
});

test('text stays text', () => {
  const hostile =
    '## Investigation steps\n- <img src=x onerror=alert(1)> [click](javascript:alert) \u202e\u0007{{user.name}}';
  expect(guideOfNote(hostile)?.steps[0]?.ask).toBe(
    '<img src=x onerror=alert(1)> click (javascript:alert) {{user.name}}',
  );
});

test.each(['', 'no headings', '## Response', '# Setup\n- install it'])('%j holds no guide', (note) => {
  expect(guideOfNote(note)).toBeNull();
});

test('a note of any size and shape is read in no time', () => {
  const long = `## Investigation steps\n${'- ['.repeat(50_000)}\n${'- a\n'.repeat(5000)}`;
  expect(guideOfNote(long)?.steps).toHaveLength(80);
  expect(guideOfNote('#'.repeat(100_000))).toBeNull();
});
