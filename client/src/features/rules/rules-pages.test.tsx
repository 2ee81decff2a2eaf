import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { RULE } from '#client/testing/factories.ts';
import { type Asked, fakeServer, Refused } from '#client/testing/fake-server.ts';
import { renderAt } from '#client/testing/render-app.tsx';
import { must } from '#shared/base/assert.ts';
import { changesOf, problemsOf, valuesOfRule } from './edit-values.ts';
import { precisionOf, precisionText } from './rule-words.ts';

const rule = {
  slug: RULE,
  ruleId: '1',
  name: 'Rare commands',
  description: 'What it looks for.',
  type: 'new_terms' as const,
  language: 'kuery' as const,
  query: 'process.name:sh\n',
  filters: [],
  index: [],
  interval: 300_000,
  window: 540_000,
  maxSignals: 100,
  timestampOverride: null,
  newTerms: { fields: ['host.id'], history: 604_800_000 },
  threshold: null,
  highlights: [],
  unapplied: [],
  severity: 'medium' as const,
  riskScore: 47,
  tags: [],
  threats: [],
  author: [],
  license: '',
  version: null,
  references: [],
  falsePositives: [],
  setup: null,
  note: null,
  createdDate: null,
  updatedDate: null,
  deprecated: null,
};

const detail = {
  rule: { ...rule, enabled: true },
  origin: 'shipped',
  original: rule,
  version: 0,
  custom: null,
  problem: null,
  lacking: [],
  waiting: null,
  guide: null,
  alerts: { all: 0, open: 0 },
  cases: [],
  runs: [],
  verdicts: {},
};

test('an edited rule shows how it differs, and is saved on the version it was read with', async () => {
  const asked = fakeServer({ [`GET /api/rules/${RULE}`]: detail, [`PUT /api/rules/${RULE}`]: { waitsFor: [] } });
  renderAt(`/rules/${RULE}/edit`);
  const user = userEvent.setup();
  const window = await screen.findByLabelText('Looks back');
  expect(screen.getByText('No difference.')).toBeInTheDocument();
  await user.clear(window);
  await user.type(window, '15x');
  expect(screen.getByText('a length such as 5m, 1h or 7d')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  await user.type(window, '{Backspace}m');
  expect(screen.getByText('15 min')).toBeInTheDocument();
  await user.type(screen.getByRole('textbox', { name: /Why it is changed/ }), 'Late events');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked.find(({ method }) => method === 'PUT')?.body).toMatchObject({ version: 0 }));
});

const RARE = 'from logs | stats cc = count() by process.name | where cc < 5 | limit 100';

const lossy = {
  removed: 2,
  kept: 5,
  created: 1,
  changed: 0,
  renewed: 0,
  removedExamples: [
    {
      id: 'a1',
      stored: true,
      label: 'sh -c id',
      verdict: 'true-positive-impact',
      hosts: ['web1'],
      event: 'e1',
      because: 'It does not meet cc < 2 (here 3).',
    },
  ],
  createdExamples: [
    { id: 'a9', stored: false, label: 'sh -c date', verdict: 'false-positive', hosts: [], event: 'e9' },
  ],
  changedExamples: [],
  verdicts: {
    removed: { 'true-positive-impact': 1, open: 1 },
    kept: {},
    changed: {},
    created: { 'false-positive': 1 },
  },
  removedTruePositives: 1,
  hosts: [],
  parents: [],
  brokenCases: [{ name: 'a rare shell alerts', outcome: 'no alert, expected 1 alert' }],
};

test('a threshold set in the form is in the query, and losing a true positive is red and needs a reason', async () => {
  const esql = { ...rule, type: 'esql', language: 'esql', query: RARE, newTerms: null };
  const outcome = {
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-08T00:00:00.000Z',
    runs: 168,
    eventsMatched: 40,
    alerts: 6,
    examples: [],
    histogram: [],
    bucketMs: 3_600_000,
    cut: 0,
    skipped: [],
    warnings: [],
    durationMs: 12,
    comparison: lossy,
  };
  const asked = fakeServer({
    [`GET /api/rules/${RULE}`]: { ...detail, rule: { ...esql, enabled: true }, original: esql },
    'POST /api/rules/preview': { diagnostics: [], outcome },
    [`PUT /api/rules/${RULE}`]: { waitsFor: [] },
  });
  renderAt(`/rules/${RULE}/edit`);
  const user = userEvent.setup();
  const count = await screen.findByRole('spinbutton', { name: 'cc < …' });
  expect(count).toHaveValue(5);
  expect(screen.getByRole('spinbutton', { name: 'limit …' })).toHaveValue(100);
  await user.clear(count);
  await user.type(count, '2');
  expect(await screen.findByText('It would lose 1 true positive')).toBeVisible();
  expect(screen.getByText('1 true positive, impact')).toHaveAttribute('data-bad', 'true');
  expect(screen.getByText('It does not meet cc < 2 (here 3).')).toBeInTheDocument();
  expect(screen.getByText('false positives back').nextSibling).toHaveTextContent('1');
  expect(screen.getByText('It breaks 1 case')).toBeVisible();
  const query = RARE.replace('cc < 5', 'cc < 2');
  expect(asked.find(({ path }) => path === '/api/rules/preview')?.body).toMatchObject({ changes: { query } });

  const save = screen.getByRole('button', { name: 'Save all the same' });
  expect(save).toBeDisabled();
  await user.type(screen.getByRole('textbox', { name: /Why it is changed/ }), 'Too loud');
  await user.type(screen.getByRole('textbox', { name: /Why it may be saved all the same/ }), 'another rule has it');
  await user.click(save);
  await waitFor(() =>
    expect(asked.find(({ method }) => method === 'PUT')?.body).toMatchObject({
      changes: { query },
      version: 0,
      override: 'another rule has it',
    }),
  );
});

test('versions tell who, when and why, any two are compared, and one is gone back to with a reason', async () => {
  const made = { at: '2026-11-21T20:00:00.000Z', actor: 'ana' };
  const [saved, base] = [{ ...rule, query: 'process.name:dash' }, rule];
  const lost = new Refused(400, {
    code: 'invalid-request',
    message: 'It would lose 1 true positive.',
    details: [{ path: 'body.override', message: 'a reason is required' }],
  });
  const asked = fakeServer({
    [`GET /api/rules/${RULE}`]: {
      ...detail,
      rule: { ...saved, enabled: true },
      original: base,
      origin: 'changed',
      version: 2,
    },
    [`GET /api/rules/${RULE}/versions`]: {
      versions: [
        { version: 2, ...made, why: 'Only one shell', changes: { query: 'process.name:dash' } },
        { version: 1, ...made, why: 'Two shells', changes: { query: 'process.name:(dash or zsh)' } },
      ],
    },
    [`POST /api/rules/${RULE}/revert`]: ({ body }: Asked) =>
      (body as { override: string }).override === '' ? lost : { waitsFor: [] },
  });
  renderAt(`/rules/${RULE}`);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Versions' }));
  const dialog = await screen.findByRole('dialog', { name: 'Versions of the rule' });
  const within = (name: string | RegExp) => screen.findByRole('row', { name });
  expect(await within(/2 .* ana Only one shell in force/)).toBeVisible();
  expect(await screen.findByText('From version 1 to version 2')).toBeVisible();
  await user.click(screen.getByRole('radio', { name: 'Compare from the shipped version' }));
  expect(screen.getByText('From the shipped version to version 2')).toBeVisible();

  await user.click(must(screen.getAllByRole('button', { name: 'Go back to it' })[0], 'a way back'));
  expect(screen.getByRole('button', { name: 'Go back to version 1' })).toBeDisabled();
  await user.type(screen.getByRole('textbox', { name: /Why it goes back to version 1/ }), 'Too narrow');
  await user.click(screen.getByRole('button', { name: 'Go back to version 1' }));
  await user.type(await screen.findByRole('textbox', { name: /all the same/ }), 'another rule has it');
  await user.click(screen.getByRole('button', { name: 'Go back to version 1 all the same' }));
  await waitFor(() => expect(dialog).not.toBeVisible());
  expect(asked.findLast(({ method }) => method === 'POST')?.body).toEqual({
    ...{ to: 1, version: 2, why: 'Too narrow', override: 'another rule has it' },
  });
});

test('an event that did not alert says why, rule by rule', async () => {
  const clause = {
    text: 'process.name:sh',
    operator: 'leaf',
    outcome: 'fail',
    field: 'process.name',
    saw: ['ls'],
    children: [],
  };
  const base = {
    rule: RULE,
    name: 'Rare commands',
    type: 'esql',
    at: null,
    clauses: null,
    group: null,
    firstSeen: null,
    exceptions: [],
  };
  fakeServer({
    'GET /api/explain': {
      unasked: 0,
      explanations: [
        {
          ...base,
          fate: 'group',
          because: 'It does not meet cc < 5 (here 6).',
          group: { keys: { a: 'b' }, events: 6, conditions: [clause] },
        },
        {
          ...base,
          rule: 'x',
          name: 'Other',
          fate: 'no-match',
          because: 'It does not meet process.name:sh (here ls).',
          clauses: clause,
        },
      ],
    },
  });
  renderAt('/explain?event=e1');
  expect(await screen.findByText('None of 2 rules alerts on it')).toBeInTheDocument();
  expect(screen.getByText('Its group, of 6 events')).toBeInTheDocument();
  expect(screen.queryByText('Conditions on the event')).toBeNull();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Unfold Other' }));
  expect(screen.getByText('Conditions on the event')).toBeInTheDocument();
});

test('settings go through the form and back', () => {
  const values = valuesOfRule(rule);
  expect(values).toMatchObject({ interval: '5m', window: '9m', history: '7d', termFields: 'host.id' });
  expect(problemsOf(rule, values)).toEqual({});
  expect(problemsOf(rule, { ...values, window: '8d', termFields: 'a,b,c,d', name: ' ' })).toEqual({
    name: 'a name is needed',
    history: 'longer than the look-back',
    termFields: 'one to three fields',
  });
  expect(changesOf(rule, values)).toMatchObject({ interval: 300_000, newTerms: rule.newTerms });
});

test('precision is left out of small samples', () => {
  expect(precisionText(precisionOf({ benign: 3, 'false-positive': 1 }))).toBe('');
  expect(precisionText(precisionOf({ benign: 10, 'true-positive-impact': 5, 'false-positive': 5, duplicate: 9 }))).toBe(
    '75 %',
  );
});

const reading = { fields: ['source.port'], startedAt: '2026-11-21T12:00:00Z' };
const nobody = { rules: [], changes: [] };
const ruleWaits = { rules: [{ slug: RULE, name: 'Rare commands' }], changes: [] };
const change = { at: '2026-11-21T12:00:00Z', actor: 'anna', why: 'Late events', changes: { window: 900_000 } };
const changeWaits = { rules: [], changes: [{ slug: RULE, name: 'Rare commands', actor: 'anna', at: change.at }] };

test('a rule that waits for fields says how far they are read, and can be given up', async () => {
  const asked = fakeServer({
    [`GET /api/rules/${RULE}`]: { ...detail, lacking: ['source.port'] },
    'GET /api/field-reading': { current: { ...reading, progress: 0.345 }, waiting: ruleWaits, last: null },
    'POST /api/field-reading/cancel': { current: null, waiting: nobody, last: null },
  });
  renderAt(`/rules/${RULE}`);
  expect(await screen.findByText('Reading source.port from stored records')).toBeInTheDocument();
  expect(screen.getByText('34 % of the records')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel, and switch the rule off' }));
  await waitFor(() => expect(asked.some(({ path }) => path === '/api/field-reading/cancel')).toBe(true));
});

test('that fields could not be read stays told, and is tried again by a button', async () => {
  const ended = { ...reading, waiting: ruleWaits, finishedAt: '2026-11-21T12:01:00Z', without: 0 };
  fakeServer({
    [`GET /api/rules/${RULE}`]: { ...detail, lacking: ['source.port'] },
    'GET /api/field-reading': {
      current: null,
      waiting: ruleWaits,
      last: { ...ended, status: 'failed', error: 'The disk is full.' },
    },
  });
  renderAt(`/rules/${RULE}`);
  expect(await screen.findByText(/The disk is full/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  expect(screen.getByRole('button', { name: 'Cancel, and switch the rule off' })).toBeEnabled();
});

test('a change whose fields have to be read first is left to the server', async () => {
  let waits = false;
  const asked = fakeServer({
    [`GET /api/rules/${RULE}`]: () => (waits ? { ...detail, waiting: { ...change, problem: null } } : detail),
    'GET /api/field-reading': () =>
      waits
        ? { current: { ...reading, progress: 0.5 }, waiting: changeWaits, last: null }
        : { current: null, waiting: nobody, last: null },
    [`PUT /api/rules/${RULE}`]: () => {
      waits = true;
      return { waitsFor: ['source.port'] };
    },
  });
  renderAt(`/rules/${RULE}/edit`);
  const user = userEvent.setup();
  const window = await screen.findByLabelText('Looks back');
  await user.clear(window);
  await user.type(window, '15m');
  await user.type(screen.getByRole('textbox', { name: /Why it is changed/ }), 'Late events');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/^Kept: it is saved as soon as source.port has been read/)).toBeInTheDocument();
  expect(await screen.findByRole('heading', { name: 'This change waits to be saved' })).toBeInTheDocument();
  expect(screen.getByText(/The change of “Rare commands” by anna is saved as soon as/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Cancel, and drop the change' })).toBeEnabled();
  expect(asked.filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

test('while a change of a rule waits, no other can be saved', async () => {
  fakeServer({ [`GET /api/rules/${RULE}`]: { ...detail, waiting: { ...change, problem: null } } });
  renderAt(`/rules/${RULE}/edit`);
  expect(await screen.findByRole('heading', { name: 'This change waits to be saved' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
});

test('a change that was not saved says why; it is edited again, or dismissed', async () => {
  let isThere = true;
  const asked = fakeServer({
    [`GET /api/rules/${RULE}`]: () => ({
      ...detail,
      waiting: isThere ? { ...change, problem: 'ben cancelled it.' } : null,
    }),
    [`DELETE /api/rules/${RULE}/waiting-change`]: () => {
      isThere = false;
      return { ok: true };
    },
  });
  renderAt(`/rules/${RULE}`);
  const user = userEvent.setup();
  expect(await screen.findByText('ben cancelled it.')).toBeInTheDocument();
  await user.click(screen.getByRole('link', { name: 'Edit it again' }));
  expect(await screen.findByLabelText('Looks back')).toHaveValue('15m');
  expect(screen.getByRole('button', { name: 'Save' })).toBeInTheDocument();
  await user.click(screen.getByRole('link', { name: 'Back without saving' }));
  await user.click(await screen.findByRole('button', { name: 'Dismiss' }));
  await waitFor(() => expect(screen.queryByText('ben cancelled it.')).toBeNull());
  expect(asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
});
