import { QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { createQueryClient, invalidateAll, invalidateTopics } from './query-client.ts';

/** A query of alerts somebody looks at, whose answers are given by the test; each answer is the number of its request. */
function watched() {
  const client = createQueryClient();
  const asked: { readonly answer: () => void; readonly signal: AbortSignal }[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ['/api/alerts', {}],
    queryFn: ({ signal }) =>
      new Promise<number>((resolve) => {
        const number = asked.length + 1;
        asked.push({ answer: () => resolve(number), signal });
      }),
  });
  observer.subscribe(() => undefined);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const answer = async (index: number) => {
    asked[index]?.answer();
    await settle();
  };
  return { client, asked, answer, shown: () => observer.getCurrentResult().data };
}

test.each([
  ['by others', invalidateTopics],
  ['by oneself', invalidateAll],
])('what changes while it is read for the first time is read again (%s)', async (_by, invalidate) => {
  const { client, asked, answer, shown } = watched();
  invalidate(client, ['alerts']);
  expect(asked).toHaveLength(1);
  await answer(0);
  expect([shown(), asked.length]).toEqual([1, 2]);
  await answer(1);
  expect([shown(), asked.length]).toEqual([2, 2]);
});

test('readings slower than the changes by others still end, and one more follows', async () => {
  const { client, asked, answer, shown } = watched();
  await answer(0);
  for (let change = 0; change < 10; change++) invalidateTopics(client, ['alerts']);
  expect([asked.length, asked[1]?.signal.aborted]).toEqual([2, false]);
  await answer(1);
  expect([shown(), asked.length]).toEqual([2, 3]);
  await answer(2);
  expect([shown(), asked.length]).toEqual([3, 3]);
});

test('after one’s own change the answer on its way is not shown', async () => {
  const { client, asked, answer, shown } = watched();
  await answer(0);
  invalidateTopics(client, ['alerts']);
  invalidateAll(client, ['alerts']);
  expect([asked.length, asked[1]?.signal.aborted]).toEqual([3, true]);
  await answer(2);
  expect([shown(), asked.length]).toEqual([3, 3]);
});

test('changes on other topics have nothing read', async () => {
  const { client, asked, answer } = watched();
  await answer(0);
  invalidateTopics(client, ['searches']);
  expect(asked).toHaveLength(1);
});
