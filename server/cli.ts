import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError, Option } from 'commander';
import type { ExplainGiven } from './cli/explain-subject.ts';
import type { ScanOptions } from './cli/scan.ts';
import type { TailOptions } from './cli/tail.ts';
import { note, type Terminal } from './cli/terminal.ts';
import { SOURCES } from './mappings/sources.ts';

/** Unreadable input, a bad query, a wrong option. */
const FAILED = 2;
const INTERRUPTED = 130;

/** This file runs from `.build/server`, two folders below the program's root. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

function terminalOf(signal: AbortSignal): Terminal {
  return {
    out: process.stdout,
    err: process.stderr,
    // npm runs scripts in the program's folder, and leaves here the one the user is in.
    folder: process.env['INIT_CWD'] || process.cwd(),
    rulesFolder: join(ROOT, 'rules'),
    memoryLimit: process.env['ODDSPAWN_MEMORY'] || '2GB',
    now: () => Date.now(),
    signal,
  };
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

/** Commands load what they need when they run: asking for help needs no engine. */
function program(terminal: Terminal): Command {
  const program = new Command('oddspawn')
    .description('Finds the odd child of a web server: evaluates detection rules and queries over files of events.')
    .showSuggestionAfterError(false)
    .exitOverride();

  program
    .command('scan')
    .description('evaluate rules over files of events and print the alerts')
    .argument('<file...>', 'ECS documents as NDJSON or a JSON array, or a log of another source; plain, .gz or .zst')
    .addOption(
      new Option('--source <name>', 'whose records the files hold; else recognised by content').choices(SOURCES),
    )
    .option('--rule <rule>', 'only this rule, by its slug or file; may be given several times', collect)
    .option(
      '--at <time>',
      'one run of each rule as of this time, ISO 8601; else its schedule over the range of the files',
    )
    .addOption(new Option('--format <format>', 'how to print alerts').choices(['ndjson', 'table']).default('ndjson'))
    .action(
      async (
        files: string[],
        given: Omit<ScanOptions, 'files' | 'rules' | 'at'> & { rule?: string[]; at?: string },
      ) => {
        const { scan } = await import('./cli/scan.ts');
        const { readInstant } = await import('./cli/rules.ts');
        const at = given.at === undefined ? null : readInstant(given.at);
        await scan({ files, rules: given.rule ?? [], at, format: given.format, source: given.source }, terminal);
      },
    );

  program
    .command('query')
    .description('ask a KQL or ES|QL query of files of documents')
    .argument('<file...>', 'NDJSON or a JSON array, plain, .gz or .zst')
    .addOption(new Option('--lang <language>', 'language of the query').choices(['kql', 'esql']))
    .option('--query <text>', 'the query')
    .option('--query-file <file>', 'a file that holds the query')
    .option('--rule <slug>', 'the query of a rule')
    .option('--at <time>', 'what now is, ISO 8601')
    .option('--mapping <file>', 'an Elasticsearch mapping with the types of the fields; else they are inferred')
    .addOption(new Option('--engine <engine>', 'what evaluates it').choices(['duckdb', 'reference']).default('duckdb'))
    .addOption(
      new Option('--format <format>', 'documents and rows, or only the ids of documents')
        .choices(['ndjson', 'ids'])
        .default('ndjson'),
    )
    .action(async (files: string[], given: QueryGiven) => {
      const { query } = await import('./cli/query.ts');
      const { readInstant } = await import('./cli/rules.ts');
      await query(
        {
          files,
          language: given.lang,
          text: given.query,
          textFile: given.queryFile,
          rule: given.rule,
          at: given.at === undefined ? null : readInstant(given.at),
          mapping: given.mapping,
          engine: given.engine,
          format: given.format,
        },
        terminal,
      );
    });

  program
    .command('explain')
    .description('say why an event, or a group, of a file did or did not alert by a rule')
    .argument('<file>', 'NDJSON or a JSON array, plain, .gz or .zst')
    .requiredOption('--rule <rule>', 'slug of a rule, or a rule file')
    .option('--event <id>', 'an event, by its id')
    .option('--line <number>', 'an event, by its line in the file')
    .option('--key <field=value>', 'a group, by a value of its keys; may be given several times', collect)
    .option('--at <time>', 'of a group, only the run as of this time, ISO 8601')
    .option('--json', 'print one JSON object')
    .action(async (file: string, given: ExplainGiven) => {
      const { explain } = await import('./cli/explain.ts');
      const { readInstant } = await import('./cli/rules.ts');
      const { readSubject } = await import('./cli/explain-subject.ts');
      const { rule, json = false } = given;
      const at = given.at === undefined ? null : readInstant(given.at);
      await explain({ file, rule, subject: readSubject(given), at, json }, terminal);
    });

  program
    .command('tail')
    .description('send the lines of a growing file, or of a pipe, to a server: each once, whatever is restarted')
    .argument('<file>', 'the file, or - for standard input')
    .addOption(new Option('--url <url>', 'the server').env('ODDSPAWN_URL').default('http://127.0.0.1:7878'))
    .addOption(new Option('--key <key>', 'a key for sending events, as the console makes it').env('ODDSPAWN_KEY'))
    .option('--source <name>', "what the records are listed under; the file's name if absent")
    .action(async (file: string, given: Omit<TailOptions, 'file'>) => {
      const { tail } = await import('./cli/tail.ts');
      await tail({ ...given, file }, terminal);
    });

  program
    .command('rules')
    .description('look at rule files')
    .command('check')
    .description('say of each rule whether it can be evaluated: a line of JSON a rule')
    .argument('<path...>', "TOML files, Kibana's exports (.ndjson), or folders of them")
    .action(async (paths: string[]) => {
      const { checkRules } = await import('./cli/check-rules.ts');
      if (!(await checkRules(paths, terminal))) process.exitCode = FAILED;
    });

  return program;
}

interface QueryGiven {
  readonly lang?: 'kql' | 'esql';
  readonly query?: string;
  readonly queryFile?: string;
  readonly rule?: string;
  readonly at?: string;
  readonly mapping?: string;
  readonly engine: 'duckdb' | 'reference';
  readonly format: 'ndjson' | 'ids';
}

/** Why the command stops before its end, and with what exit code. */
class Stop extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

async function main(): Promise<void> {
  const stopping = new AbortController();
  const interrupt = (): void => {
    // The first stops the work and lets it tidy up; a second does not wait for that.
    if (stopping.signal.aborted) process.exit(INTERRUPTED);
    stopping.abort(new Stop('interrupted', INTERRUPTED));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  // A reader that has seen enough, such as head, closes the pipe: no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    stopping.abort(new Stop(error.message, error.code === 'EPIPE' ? 0 : FAILED));
  });

  const terminal = terminalOf(stopping.signal);
  try {
    await program(terminal).parseAsync(process.argv);
  } catch (error) {
    const reason: unknown = stopping.signal.reason;
    process.exitCode = reason instanceof Stop ? reason.exitCode : complain(terminal, error);
  }
}

/** Says what is wrong, and gives the exit code. A bug keeps its stack: it is for whoever mends it. */
function complain(terminal: Terminal, error: unknown): number {
  // Commander has said its own.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAILED;
  const isProblem = error instanceof Error && error.name === 'Problem';
  if (isProblem) note(terminal, `oddspawn: ${error.message.replaceAll(/\s*\n\s*/g, ' ')}`);
  else terminal.err.write(`oddspawn: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return FAILED;
}

/**
 * A command is over before most of its code would repay being optimised, which takes the processors from the engine: a tenth of a
 * `scan`. So V8 waits for fifteen times as much of a function's work as it would. And it lets what is new take all the room that it
 * may have from the first collection on: in little room rows and alerts, which live to the end, are copied again and again.
 */
setFlagsFromString('--interrupt-budget=2000000');
setFlagsFromString('--semi-space-growth-factor=16');

await main();
