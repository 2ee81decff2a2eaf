import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type Asked, fakeServer } from '#client/testing/fake-server.ts';
import { renderAt } from '#client/testing/render-app.tsx';

const key = {
  id: 'k1',
  name: 'web servers',
  createdAt: '2026-11-21T20:00:00.000Z',
  createdBy: 'ana',
  lastUsedAt: null,
  revokedAt: null,
};

test('a key is shown once, when it is made, and can be revoked', async () => {
  let keys: (typeof key)[] = [];
  const asked = fakeServer({
    'GET /api/ingest-keys': () => ({ keys }),
    'POST /api/ingest-keys': ({ body }: Asked) => {
      keys = [{ ...key, name: (body as { name: string }).name }];
      return { key: keys[0], secret: 'the-secret', pair: 'k1:the-secret', encoded: 'ENCODED' };
    },
    'POST /api/ingest-keys/k1/revoke': { ok: true },
  });
  const user = userEvent.setup();
  renderAt('/sources');
  await screen.findByText('No program can send events yet.');
  await user.type(screen.getByLabelText('Name of the key'), ' web servers ');
  await user.click(screen.getByRole('button', { name: 'Make a key' }));
  const made = await screen.findByRole('region', { name: 'New key' });
  for (const text of ['k1:the-secret', 'ENCODED', 'the-secret']) expect(within(made).getByText(text)).toBeVisible();
  await user.click(within(made).getByRole('button', { name: 'I have copied it' }));
  expect(screen.queryByText('the-secret')).toBeNull();
  await user.click(await screen.findByRole('button', { name: 'Revoke' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));
  await waitFor(() => expect(asked.some(({ path }) => path === '/api/ingest-keys/k1/revoke')).toBe(true));
  expect(asked.find(({ method, path }) => method === 'POST' && path === '/api/ingest-keys')?.body).toEqual({
    name: 'web servers',
  });
});
