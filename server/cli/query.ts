import { readFile } from 'node:fs/promises';
import { unreachable } from '#shared/base/assert.ts';
import type { Instant } from '#shared/base/time.ts';
import type { AskedQuery, Asking, FieldChoice, Language } from './asking.ts';
import { findInput, type InputFile } from './input.ts';
import { Problem, reasonOf } from './problem.ts';
import { prepareEsql, runEsql } from './query-esql.ts';
import { ECS_FIELDS, fieldsInFiles, mappedFields } from './query-fields.ts';
import { prepareKql, runKql } from './query-kql.ts';
import { findRules } from './rules.ts';
import { resolvePath, type Terminal } from './terminal.ts';
import { type Engine, withWorkspace } from './workspace.ts';

export interface QueryOptions {
  readonly files: readonly string[];
  readonly language: Language | undefined;
  readonly text: string | undefined;
  readonly textFile: string | undefined;
  /** Slug of a rule whose query is asked. */
  readonly rule: string | undefined;
  /** What `now` is. */
  readonly at: Instant | null;
  readonly mapping: string | undefined;
  readonly engine: Engine;
  readonly format: 'ndjson' | 'ids';
}

/** Asks a query of files and prints what it finds. */
export async function query(options: QueryOptions, terminal: Terminal): Promise<void> {
  const asked = await readQuery(options, terminal);
  if (asked.language === 'esql' && options.format === 'ids') {
    throw new Problem('--format ids: rows of ES|QL have no ids; it works with KQL.');
  }
  const files = await findInput(terminal, options.files);
  await withWorkspace(async (folder) => {
    const fields = await chooseFields(options.mapping, terminal, folder, files);
    const now = options.at ?? terminal.now();
    const { engine, format } = options;
    await answer({ terminal, folder, files, query: asked, now, engine, format, fields });
  });
}

async function answer(asking: Asking): Promise<void> {
  switch (asking.query.language) {
    case 'kql':
      return runKql(asking, await prepareKql(asking));
    case 'esql':
      return runEsql(asking, await prepareEsql(asking));
    default:
      return unreachable(asking.query.language);
  }
}

async function chooseFields(
  mapping: string | undefined,
  terminal: Terminal,
  folder: string,
  files: readonly InputFile[],
): Promise<FieldChoice> {
  if (mapping !== undefined) return { kind: 'mapping', mapping: await mappedFields(terminal, mapping) };
  return { kind: 'inferred', ecs: ECS_FIELDS, infer: () => fieldsInFiles(terminal, folder, files) };
}

async function readQuery(options: QueryOptions, terminal: Terminal): Promise<AskedQuery> {
  const given = [options.text, options.textFile, options.rule].filter((source) => source !== undefined);
  if (given.length !== 1) throw new Problem('Give the query by exactly one of --query, --query-file and --rule.');
  if (options.rule !== undefined) return ruleQuery(options.rule, options.language, terminal);
  if (!options.language) throw new Problem('Say the language of the query: --lang kql or --lang esql.');
  if (options.textFile === undefined) return { language: options.language, text: options.text ?? '', name: '--query' };
  const text = await readText(options.textFile, resolvePath(terminal, options.textFile));
  return { language: options.language, text, name: options.textFile };
}

async function ruleQuery(slug: string, language: Language | undefined, terminal: Terminal): Promise<AskedQuery> {
  const [rule] = await findRules(terminal, [slug]);
  if (!rule) throw new Problem(`There is no rule ${slug}.`);
  const own = rule.language === 'esql' ? 'esql' : 'kql';
  if (language !== undefined && language !== own) throw new Problem(`The query of ${slug} is ${own}, not ${language}.`);
  return { language: own, text: rule.query, name: slug };
}

async function readText(name: string, path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\ufeff/, '').trimEnd();
  } catch (error) {
    throw new Problem(`${name}: ${reasonOf(error)}`);
  }
}
