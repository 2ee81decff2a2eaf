import { monitorEventLoopDelay } from 'node:perf_hooks';
import { inTurns } from '#server/exceptions/suggest/in-turns.ts';
import { proposeExceptions } from '#server/exceptions/suggest/propose.ts';
import { readJudged } from '#server/exceptions/suggest/read-judged.ts';
import { chunksOf } from '#server/state/chunks.ts';
import { openState, type State } from '#server/state/open-state.ts';
import { formatInstant, MINUTE } from '#shared/base/time.ts';
import { commandShape } from '#shared/rarity/shape.ts';
import { median, timed } from './measuring.ts';

/** What finding exceptions for a rule's false positives costs with so many alerts; `node server/bench/suggestions.ts [alerts]`. */
const ALERTS = Number(process.argv[2] ?? 100_000);
const ROUNDS = 5;
const START = Date.parse('2026-11-01T00:00:00Z');
const RULE = 'unusual-child-execution-via-web-server';

/** A fifth are false positives of some hundred shapes and many single commands, a tenth true positives, the rest is open or closed otherwise. */
function alertRow(at: number) {
  const word = (at % 400).toString(36).replaceAll(/\d/g, (digit) => 'bcdfghjklm'[Number(digit)] ?? '');
  const commandLine = at % 11 === 0 ? `tool-${at} --once` : `${word} run /srv/jobs/${word}/${at}.sh --id ${at}`;
  const verdict = at % 5 === 0 ? 'false-positive' : at % 10 === 1 ? 'true-positive' : null;
  const seen = formatInstant(START + at * MINUTE * 0.4);
  const parent = `/usr/sbin/${['nginx', 'apache2', 'php-fpm8.2', 'java'][at % 4]}`;
  return {
    ...{ id: `bench-${at}`, rule: RULE, ruleName: RULE, severity: 'medium', riskScore: 47 },
    ...{ status: verdict ? 'closed' : 'open', verdict, assignee: null, keys: '{}', keysDigest: `digest-${at}` },
    ...{ columns: '{}', commandLine, commandShape: commandShape(commandLine), processName: word },
    ...{ executable: `/usr/bin/${word}`, workingDirectory: `/srv/app${at % 50}/current` },
    ...{ parentName: parent.slice(10), parentExecutable: parent, hosts: `["web${at % 400}"]`, users: '["www-data"]' },
    ...{ firstSeen: seen, lastSeen: seen, raisedAt: seen, updatedAt: seen, eventCount: 1, occurrenceCount: 1 },
    ...{ historyCovered: null, stepsAnswered: 0, searchText: commandLine.toLowerCase(), version: 1 },
  };
}

async function seed(state: State): Promise<void> {
  const rows = Array.from({ length: ALERTS }, (_, at) => alertRow(at));
  await state.transaction().execute(async (transaction) => {
    for (const chunk of chunksOf(rows)) await transaction.insertInto('alerts').values(chunk).execute();
  });
}

const state = await openState(':memory:');
await seed(state);
console.log(
  `${ALERTS} alerts; medians of ${ROUNDS} rounds, and the longest that anything else had to wait in any of them`,
);
const { signal } = new AbortController();
const work = async () => {
  const judged = await readJudged(state, RULE, () => true);
  return (await inTurns(proposeExceptions(judged), signal)).map(({ covered }) => covered.length);
};
const delay = monitorEventLoopDelay({ resolution: 1 });
const [clocks, used]: [number[], number[]] = [[], []];
let answer: readonly number[] = [];
delay.enable();
for (let round = 0; round < ROUNDS; round += 1) {
  const { clock, processors, value } = await timed(work);
  clocks.push(clock);
  used.push(processors);
  answer = value;
}
delay.disable();
console.log(
  `suggestions: ${median(clocks).toFixed(0)} ms, processors ${median(used).toFixed(0)} ms, ` +
    `longest wait ${(delay.max / 1e6).toFixed(0)} ms, 99 % under ${(delay.percentile(99) / 1e6).toFixed(0)} ms; they cover ${answer.join(', ')}`,
);
await state.destroy();
