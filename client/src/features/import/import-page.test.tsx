import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fakeServer } from '#client/testing/fake-server.ts';
import { renderAt } from '#client/testing/render-app.tsx';

const report = {
  errors: [],
  success: true,
  success_count: 1,
  success_exception_lists: true,
  success_count_exception_lists: 0,
  success_exception_list_items: true,
  success_count_exception_list_items: 1,
  unusable: [],
  added: ['one'],
  lines: [{ line: 5, kind: 'item', name: 'health', outcome: 'added', detail: 'In the list web-noise.' }],
  undo: 'u1',
};

test('a file is shown line by line, is taken whole but for what is not wanted, and put back', async () => {
  const line = (members: object) => ({
    line: 1,
    name: 'One',
    slug: 'one',
    type: 'query',
    severity: 'low',
    enabled: true,
    ok: true,
    diagnostics: [],
    unsupported: [],
    otherFields: [],
    present: null,
    ...members,
  });
  const problem = {
    line: 2,
    column: 9,
    code: 'syntax',
    severity: 'error',
    message: '<b>Expected</b>',
    remedy: null,
    query: null,
  };
  const asked = fakeServer({
    'POST /api/rules/check': {
      rules: [
        line({}),
        line({ line: 2, name: 'Two', ok: false, diagnostics: [problem], unsupported: ['eql'] }),
        line({ line: 3, name: 'Three' }),
        line({ line: 4, name: 'Four', present: 'four' }),
      ],
      rest: { exceptionLists: 0, exceptionItems: 1, connectors: 1 },
    },
    'POST /api/import': report,
    'POST /api/imports/u1/undo': { restored: 2, skipped: 0 },
  });
  renderAt('/import');
  const user = userEvent.setup();
  await user.click(await screen.findByLabelText('Paste it here'));
  await user.paste('{"rule_id":"1"}');
  await user.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText('<b>Expected</b>')).toBeInTheDocument();
  expect(screen.getByText('unsupported: eql')).toBeInTheDocument();
  expect(screen.getByText(/1 connector/)).toBeInTheDocument();
  expect(await screen.findByText('In the list web-noise.')).toBeInTheDocument();
  expect(screen.getByRole('checkbox', { name: 'Four' })).not.toBeChecked();
  await user.click(screen.getByRole('checkbox', { name: 'Three' }));
  await user.click(await screen.findByRole('button', { name: 'Import 1 rule and 1 line of lists and exceptions' }));
  const sent = { text: '{"rule_id":"1"}', rules: [1], overwrite: false, asNewList: false };
  const bodies = () => asked.filter(({ path }) => path === '/api/import').map(({ body }) => body);
  await waitFor(() => expect(bodies().at(-1)).toEqual({ ...sent, dryRun: false }));
  expect(bodies()[0]).toEqual({ ...sent, rules: [1, 3], dryRun: true });
  await user.click(await screen.findByRole('button', { name: 'Put back' }));
  expect(await screen.findByText('2 lines put back.')).toBeInTheDocument();
});
