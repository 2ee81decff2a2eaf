import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thresholdsOf, withThresholds } from './rule-thresholds.ts';

const RARE = `from logs-*
| where process.args_count < 9
| stats cc = COUNT(*), agents = count_distinct(agent.id) by process.command_line
| where agents == 1 and cc < 5
| limit 100`;

describe('thresholds of groups', () => {
  test.each([
    ['as the shipped rule has them', RARE, { count: 5, agents: 1 }],
    ['both inclusive', RARE.replace('== 1', '<= 3').replace('cc < 5', 'cc <= 5'), { count: 6, agents: 3 }],
    ['in two WHEREs', RARE.replace(' and cc', ' | where cc'), { count: 5, agents: 1 }],
    ['hosts instead of agents', RARE.replace('agent.id', 'host.id'), { count: 5, agents: 1 }],
  ])('%s', (_, query, thresholds) => {
    expect(thresholdsOf(query)).toEqual(thresholds);
  });

  test.each([
    ['without a number of agents', RARE.replace('agents == 1 and ', '')],
    ['of which either would do', RARE.replace('1 and cc', '1 or cc')],
    ['from the other side', RARE.replace('cc < 5', '5 > cc')],
    ['in parentheses of their own', RARE.replace('cc < 5', 'cc < (5)')],
    ['that are stated twice', RARE.replace('cc < 5', 'cc < 5 and cc < 4')],
    ['that the groups lack', 'from logs-* | where cc < 5 and agents == 1'],
    ['of a text that is no query', 'from logs-* | stats ('],
  ])('none %s', (_, query) => {
    expect(thresholdsOf(query)).toBeNull();
    expect(withThresholds(query, { count: 2, agents: 2 })).toBeNull();
  });

  test('are what was written into their place, and the rest of the text stays', () => {
    const threshold = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(threshold, threshold, (count, agents) => {
        const written = withThresholds(RARE, { count, agents }) ?? '';
        expect(thresholdsOf(written)).toEqual({ count, agents });
        expect(withThresholds(written, { count: 5, agents: 1 })).toBe(RARE);
      }),
    );
  });
});
