import { expect, test } from 'vitest';
import { reportUrl } from './report-url.ts';

const paramsOf = (url: string | null): URLSearchParams => new URL(url ?? '', 'http://oddspawn').searchParams;

test('of more alerts than a report holds, the first are named and all are counted', () => {
  const ids = Array.from({ length: 80 }, (_, at) => `a${at}`);
  const params = paramsOf(reportUrl({ ids }, { format: 'json' }));
  expect(params.getAll('id')).toEqual(ids.slice(0, 50));
  expect(params.get('asked')).toBe('80');
  expect(paramsOf(reportUrl({ ids: ['a'] }, { format: 'html', view: 'inline' })).toString()).toBe(
    'format=html&view=inline&id=a',
  );
});

test('all that match are named by their filter, as long as few are left out', () => {
  const selection = { filter: { status: ['open'], text: 'a&b=c' }, except: ['x', 'y'] } as const;
  const params = paramsOf(reportUrl({ ...selection, filter: { status: ['open'], text: 'a&b=c' } }, { format: 'json' }));
  expect([params.get('text'), params.getAll('status'), params.getAll('except')]).toEqual([
    'a&b=c',
    ['open'],
    ['x', 'y'],
  ]);
  const except = Array.from({ length: 201 }, (_, at) => `a${at}`);
  expect(reportUrl({ filter: {}, except }, { format: 'json' })).toBeNull();
});
