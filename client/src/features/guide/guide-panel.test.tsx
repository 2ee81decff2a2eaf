import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { detail, guideStep } from '#client/testing/factories.ts';
import { type Asked, fakeServer, Refused } from '#client/testing/fake-server.ts';
import { renderAt } from '#client/testing/render-app.tsx';
import type { StepState } from '#shared/guide/guide.ts';

beforeEach(() => localStorage.clear());

const NOTE = { name: 'Note' };

function serve(states: StepState[], answer: (asked: Asked) => unknown) {
  return fakeServer({
    'GET /api/alerts': { alerts: [], total: 0, counts: { open: 1, acknowledged: 0, closed: 0, stale: 0 } },
    'GET /api/alerts/a1': detail(),
    'GET /api/alerts/a1/guide': () => ({
      guide: {
        summary: 'About.',
        caution: 'Check.',
        steps: [guideStep(), guideStep({ id: 'deploy', kind: 'false-positive', title: 'A deployment' })],
      },
      newer: null,
      states,
      left: [],
      hints: {},
      fields: {},
      queries: {},
      commands: {},
      exceptionEntries: {
        deploy: [{ type: 'match', field: 'process.command_line', operator: 'included', value: 'sh -c deploy' }],
      },
      suggestion: null,
    }),
    'PUT /api/alerts/a1/guide/command-line': answer,
    'POST /api/alerts/a1/guide/recheck': { changed: false },
  });
}

const kept = (body: unknown, version: number): StepState => {
  const { finding, note, evidence } = body as Pick<StepState, 'finding' | 'note' | 'evidence'>;
  return {
    step: 'command-line',
    finding,
    note,
    evidence,
    author: 'ana',
    updatedAt: '2026-11-21T20:00:00.000Z',
    version,
    changes: [],
  };
};

test('a note is kept when saving fails, also over a reload, and saved on the next try', async () => {
  const user = userEvent.setup();
  const states: StepState[] = [];
  let broken = true;
  serve(states, ({ body }) => {
    if (broken) return new Refused(500, { code: 'internal', message: 'The disk is full.' });
    states.splice(0, 1, kept(body, 1));
    return states[0];
  });
  renderAt('/alerts/a1?tab=guide');
  await user.type(await screen.findByRole('textbox', NOTE), 'seen in the access log');
  await user.tab();
  expect(await screen.findByText(/Not saved: The disk is full/)).toBeVisible();
  expect(screen.getByRole('textbox', NOTE)).toHaveValue('seen in the access log');

  broken = false;
  await user.click(screen.getByRole('button', { name: 'Save again' }));
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(states[0]?.note).toBe('seen in the access log');
});

test('text left unsaved by an earlier visit comes back and is sent', async () => {
  const states: StepState[] = [];
  localStorage.setItem(
    'oddspawn-draft:a1 command-line',
    JSON.stringify({ finding: null, note: 'from yesterday', evidence: [] }),
  );
  serve(states, ({ body }) => {
    states.splice(0, 1, kept(body, 1));
    return states[0];
  });
  renderAt('/alerts/a1?tab=guide');
  expect(await screen.findByRole('textbox', NOTE)).toHaveValue('from yesterday');
  await waitFor(() => expect(states[0]?.note).toBe('from yesterday'));
  await waitFor(() => expect(localStorage.getItem('oddspawn-draft:a1 command-line')).toBeNull());
});

test('a finding is sent at once, with the version it was made on', async () => {
  const user = userEvent.setup();
  const states = [kept({ finding: null, note: 'mine', evidence: [] }, 4)];
  const asked = serve(states, ({ body }) => {
    states.splice(0, 1, kept(body, 5));
    return states[0];
  });
  renderAt('/alerts/a1?tab=guide');
  await user.click(await screen.findByRole('button', { name: 'Suspicious' }));
  await waitFor(() =>
    expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
      finding: 'suspicious',
      note: 'mine',
      evidence: [],
      version: 4,
      confirm: false,
    }),
  );
  expect(await screen.findByText('1 of 2 steps answered')).toBeVisible();
});

test('a false-positive step leads to an exception with its conditions filled in', async () => {
  const user = userEvent.setup();
  serve([], () => new Refused(500, { code: 'internal', message: 'not asked' }));
  renderAt('/alerts/a1?tab=guide');
  await user.click(await screen.findByRole('button', { name: 'A deployment' }));
  await user.click(screen.getByRole('button', { name: 'Create exception' }));
  expect(await screen.findByRole('combobox', { name: 'Value of condition 1' })).toHaveValue('sh -c deploy');
});

test('an answer that later data contradicts says what changed, and can be said to hold', async () => {
  const user = userEvent.setup();
  const states: StepState[] = [
    {
      ...kept({ finding: 'expected', note: '', evidence: [] }, 2),
      changes: [{ kind: 'rows', before: 0, after: 3 }],
    },
  ];
  const asked = serve(states, ({ body }) => {
    states.splice(0, 1, kept(body, 3));
    return states[0];
  });
  renderAt('/alerts/a1?tab=guide');
  expect(await screen.findByText('1 of 2 steps answered, 1 out of date')).toBeVisible();
  await user.click(screen.getByRole('button', { name: /Read the command/ }));
  expect(screen.getByText('The query had 0 rows, and has 3 rows now.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'It still holds' }));
  await waitFor(() =>
    expect(asked.find(({ method }) => method === 'PUT')?.body).toMatchObject({ finding: 'expected', confirm: true }),
  );
  expect(await screen.findByText('1 of 2 steps answered')).toBeVisible();
});
