import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LiveTopic, liveTopicSchema } from '#shared/api/status.ts';
import { openLiveHub } from './live-hub.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('changes within a quarter of a second are one message, each topic once', () => {
  const hub = openLiveHub();
  const heard: (readonly LiveTopic[])[] = [];
  hub.listen((topics) => heard.push(topics));
  for (let change = 0; change < 100; change++) hub.publish('uploads', 'alerts');
  vi.advanceTimersByTime(249);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1);
  hub.publish('rules');
  vi.advanceTimersByTime(250);
  expect(heard).toEqual([['uploads', 'alerts'], ['rules']]);
});

test('who has stopped listening hears nothing', () => {
  const hub = openLiveHub();
  const heard = vi.fn();
  hub.listen(heard)();
  hub.publish('alerts');
  vi.advanceTimersByTime(1000);
  expect(heard).not.toHaveBeenCalled();
});

test('whoever listens later learns what has changed since, once', () => {
  const hub = openLiveHub();
  hub.publish('rules');
  const before = hub.position();
  expect(hub.changedSince(before)).toEqual([]);
  hub.publish('uploads', 'alerts');
  hub.publish('alerts');
  expect(hub.changedSince(before)).toEqual(['alerts', 'uploads']);
  expect(hub.changedSince(hub.position())).toEqual([]);
});

test('after a position that this hub did not give, all has changed', () => {
  for (const position of [undefined, 'anything', openLiveHub().position()]) {
    expect(openLiveHub().changedSince(position)).toEqual(liveTopicSchema.options);
  }
});
