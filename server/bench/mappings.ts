import { MAPPINGS } from '#server/mappings/registry.ts';
import { openSession } from '#server/mappings/session.ts';
import { corpusOf } from '#server/mappings/testing/corpus.ts';
import { processorTime } from './measuring.ts';

/** Lines a second of each source: its corpus over and over, times moved on, so that every event is a new one. */
const LINES = Number(process.argv[2] ?? 100_000);

const ONLY = process.argv[3];

/** Time and number of an audit event, as auditd and as laurel write it. */
const STAMP = /(audit\(|"ID":")(\d{10})\.(\d{3}):(\d+)/g;

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

write('source                lines/s    events/s   MB/s of input   (processor time)');
for (const mapping of MAPPINGS) {
  if (mapping.name === 'ecs' || (ONLY !== undefined && mapping.name !== ONLY)) continue;
  const corpus = corpusOf(process.cwd(), mapping.name);
  const lines = Array.from({ length: LINES }, (_, index) => moved(corpus, index));
  const session = openSession(mapping, { host: 'bench' });
  const before = processorTime();
  for (const [index, line] of lines.entries()) session.push(line, index + 1);
  session.end();
  const seconds = (processorTime() - before) / 1000;
  const bytes = lines.reduce((sum, line) => sum + line.length, 0);
  const perSecond = (count: number): string => Math.round(count / seconds).toLocaleString('en');
  write(
    [
      mapping.name.padEnd(20),
      perSecond(LINES).padStart(9),
      perSecond(session.counts().events).padStart(11),
      (bytes / seconds / 1e6).toFixed(0).padStart(9),
    ].join(' '),
  );
}

/** The header of a table stands once. */
function moved(corpus: readonly string[], index: number): string {
  const hasHeader = corpus[0]?.startsWith('"@timestamp"') === true;
  const from = hasHeader && index > 0 ? 1 : 0;
  const round = Math.floor(index / corpus.length);
  const line = corpus[from + (index % (corpus.length - from))] ?? '';
  return line.replaceAll(STAMP, (_, head: string, seconds: string, fraction: string, serial: string) => {
    return `${head}${Number(seconds) + 60 * round}.${fraction}:${Number(serial) + 10_000 * round}`;
  });
}
