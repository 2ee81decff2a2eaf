import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#server/store/duckdb/connection.ts';
import { createLoader } from '#server/store/duckdb/load/append.ts';
import { columnType, createTables, type Layout } from '#server/store/duckdb/load/schema.ts';
import { quoteName, quoteText } from '#server/store/duckdb/sql/identifier.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type Field, type FieldCatalogue } from '#shared/event/field.ts';
import { leanEvent, processEvent, writeEvents } from './events.ts';
import { median, type Took, timed, writeResults } from './measuring.ts';

/** As many as somebody uploads at once: of smaller files the load's own beginning and end are a larger part. */
const EVENTS = Number(process.argv[2] ?? 500_000);
const ROUNDS = Number(process.argv[3] ?? 3);
const SMALL = 5_000;

/** What a question to a file reads: few columns. */
const FEW = catalogueOf(
  ECS_PROCESS.fields.filter(({ name }) =>
    /^(@timestamp|event\.(id|kind|type|action)|host\.(id|name)|user\.(id|name)|process\.(parent\.)?(name|executable|command_line))$/.test(
      name,
    ),
  ),
);

/** DuckDB's own reader into a table of the same columns, without any care for the records' shape: the bound. */
function bareInsert(path: string, file: string, { fields }: FieldCatalogue): Promise<Took> {
  const tree = structOf(fields.map((field) => ({ field, path: field.name.split('.') })));
  const columns = tree.map(({ name, type }) => `${quoteText(name)}: ${quoteText(type)}`).join(', ');
  const values = fields.map(({ name }) => `${name.split('.').map(quoteName).join('.')} AS ${quoteName(name)}`);
  return inNew(
    path,
    `CREATE TABLE bare AS SELECT ${values.join(', ')} FROM read_ndjson(${quoteText(file)}, columns = {${columns}})`,
  );
}

/** DuckDB's own reader as it comes: every member of the records, in the types that it finds, as columns and structs. */
const bareWhole = (path: string, file: string): Promise<Took> =>
  inNew(path, `CREATE TABLE bare AS SELECT * FROM read_ndjson(${quoteText(file)})`);

async function inNew(path: string, statement: string): Promise<Took> {
  const database = await openDatabase({ path, memoryLimit: '2GB' });
  const session = await database.session();
  const took = await timed(() => session.run(statement));
  session.close();
  database.close();
  return took;
}

interface Leaf {
  readonly field: Field;
  readonly path: readonly string[];
}

/** In the generated events category and type are arrays. */
const bareType = (field: Field): string =>
  field.name === 'event.category' || field.name === 'event.type' ? 'VARCHAR[]' : columnType(field);

function structOf(leaves: readonly Leaf[]): readonly { readonly name: string; readonly type: string }[] {
  const heads = [...new Set(leaves.map(({ path }) => path[0] ?? ''))];
  return heads.map((name) => {
    const members = leaves.filter(({ path }) => path[0] === name);
    const [only] = members;
    if (only && only.path.length === 1) return { name, type: bareType(only.field) };
    const inner = structOf(members.map(({ field, path }) => ({ field, path: path.slice(1) })));
    return { name, type: `STRUCT(${inner.map((member) => `${quoteName(member.name)} ${member.type}`).join(', ')})` };
  });
}

/** Files appended one after the other to a new store. */
async function append(path: string, files: readonly string[], layout: Layout): Promise<readonly Took[]> {
  const database = await openDatabase({ path, memoryLimit: '2GB' });
  const session = await database.session();
  await createTables(session, layout);
  session.close();
  const loader = createLoader(database, layout);
  const durations: Took[] = [];
  for (const [index, file] of files.entries()) {
    durations.push(await timed(() => loader.append({ id: index + 1, path: file })));
  }
  database.close();
  return durations;
}

/** The two bounds: what the store has of an event, and all that the reader finds by itself. */
const SAME_COLUMNS = 'bare, the same columns';
const ALL_MEMBERS = 'bare, all members';
const FEW_COLUMNS = 'bare, few columns';
const BARE: readonly string[] = [SAME_COLUMNS, ALL_MEMBERS, FEW_COLUMNS];

/** A file to be loaded, and how long that took in each round, by way. */
interface Subject {
  readonly title: string;
  readonly path: string;
  readonly bytes: number;
  readonly rounds: Map<string, Took[]>;
}

/** A round of everything: neighbours in time bear the same load of the machine. */
async function round(folder: string, { path: file, rounds }: Subject, small: string): Promise<void> {
  const note = (name: string, duration: Took | undefined) => {
    if (duration) rounds.set(name, [...(rounds.get(name) ?? []), duration]);
  };
  const stored = { catalogue: ECS_PROCESS, keepText: false };
  note(ALL_MEMBERS, await bareWhole(join(folder, 'whole.db'), file));
  note(SAME_COLUMNS, await bareInsert(join(folder, 'bare.db'), file, ECS_PROCESS));
  const [plain, again] = await append(join(folder, 'plain.db'), [file, file], stored);
  note('append without text', plain);
  note('the same file again', again);
  const [text] = await append(join(folder, 'text.db'), [file], { ...stored, keepText: true });
  note('append with text', text);
  const [some] = await append(join(folder, 'small.db'), [small], { ...stored, keepText: true });
  note(`${SMALL} with text`, some);
  note(FEW_COLUMNS, await bareInsert(':memory:', file, FEW));
  const [few] = await append(':memory:', [file], { catalogue: FEW, keepText: false, anyRecord: true });
  note('append, few columns', few);
  for (const name of ['whole', 'bare', 'plain', 'text', 'small']) await rm(join(folder, `${name}.db`), { force: true });
}

const middle = (all: readonly Took[]): Took => ({
  clock: median(all.map(({ clock }) => clock)),
  processors: median(all.map(({ processors }) => processors)),
});

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

function show({ title, bytes, rounds }: Subject): void {
  console.log(`${title}: ${EVENTS} events, ${(bytes / 1e6).toFixed(0)} MB, ${Math.round(bytes / EVENTS)} bytes each`);
  const medians = new Map([...rounds].map(([name, durations]) => [name, middle(durations)]));
  for (const [name, { clock, processors }] of medians) {
    const events = name.startsWith(String(SMALL)) ? SMALL : EVENTS;
    const bounds =
      BARE.includes(name) || events === SMALL ? [] : name.includes('few') ? [FEW_COLUMNS] : [SAME_COLUMNS, ALL_MEMBERS];
    const times = bounds.flatMap((bound) => {
      const bare = medians.get(bound);
      return bare
        ? `${(processors / bare.processors).toFixed(2)} x ${bound} (clock ${(clock / bare.clock).toFixed(2)} x)`
        : [];
    });
    const took = `processors ${seconds(processors)}, clock ${seconds(clock)}, ${Math.round((1000 * events) / clock)} events/s`;
    console.log(`  ${name.padEnd(24)} ${[took, ...times].join('; ')}`);
  }
}

async function subjectOf(folder: string, title: string, event: typeof processEvent): Promise<Subject> {
  const path = join(folder, `${title}.ndjson`);
  return { title, path, bytes: await writeEvents(path, EVENTS, { event }), rounds: new Map() };
}

const folder = await mkdtemp(join(tmpdir(), 'oddspawn-bench-'));
try {
  const small = join(folder, 'small.ndjson');
  await writeEvents(small, SMALL, { seed: 2 });
  const subjects = [
    await subjectOf(folder, 'Elastic Defend', processEvent),
    await subjectOf(folder, 'lean audit events', leanEvent),
  ];
  console.log(`Medians of ${ROUNDS} rounds; bare means DuckDB's read_ndjson into a table`);
  for (let index = 0; index < ROUNDS; index += 1) {
    for (const subject of subjects) await round(folder, subject, small);
  }
  for (const subject of subjects) show(subject);
  const files = subjects.map(({ title, bytes, rounds }) => ({ title, bytes, rounds: Object.fromEntries(rounds) }));
  console.log(`Written to ${await writeResults('load', { events: EVENTS, files })}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
