import { expect, test } from './fixtures.ts';
import { treeEvents } from './tree-of.ts';

const PROCESSES = 10_000;
const USABLE_MILLISECONDS = 1500;

test.use({ label: 'tree-measure' });

test('the tree of 10,000 processes is answered soon', async ({ page, program }) => {
  const sent = await page.request.post(`${program.url}/api/uploads?name=wide.ndjson`, {
    data: Buffer.from(treeEvents(PROCESSES)),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(sent.status()).toBe(202);
  await expect
    .poll(async () => (await (await page.request.get(`${program.url}/api/events?limit=1`)).json()).total, {
      timeout: 60_000,
    })
    .toBeGreaterThanOrEqual(PROCESSES);
  const subject = 'wide-01-0';
  const asked = `/api/events/${subject}/tree?budget=20000`;
  const answer = async (): Promise<number> => {
    const began = performance.now();
    const tree = await (await page.request.get(`${program.url}${asked}`)).json();
    expect(tree.nodes.length).toBeGreaterThanOrEqual(PROCESSES);
    return performance.now() - began;
  };
  await answer();
  const server = await answer();
  process.stdout.write(`the server's answer for ${PROCESSES} processes: ${server.toFixed(0)} ms\n`);
  expect(server).toBeLessThan(USABLE_MILLISECONDS);
});
