import { catalogueOf, type Field, type FieldCatalogue } from './field.ts';

/** Elastic Defend maps its keywords with this limit (elastic/endpoint-package `data_stream/process/fields/fields.yml`). */
const KEYWORD_LIMIT = 1024;

const keyword = (...names: string[]): Field[] =>
  names.map((name) => ({ name, type: 'keyword', ignoreAbove: KEYWORD_LIMIT }));

const keywordList = (...names: string[]): Field[] =>
  names.map((name) => ({ name, type: 'keyword', ignoreAbove: KEYWORD_LIMIT, many: true }));

/** With both of their sub-fields. */
const caseless = (...names: string[]): Field[] =>
  names.map((name) => ({ name, type: 'keyword', ignoreAbove: KEYWORD_LIMIT, caseless: true, text: true }));

const long = (...names: string[]): Field[] => names.map((name) => ({ name, type: 'long' }));

const date = (...names: string[]): Field[] => names.map((name) => ({ name, type: 'date' }));

/**
 * The process events of Elastic Defend on Linux, as mapped by its `process` data stream, and the few fields that other
 * sources add: the columns of the event store. A field that is not here stays readable in the document.
 */
export const ECS_PROCESS: FieldCatalogue = catalogueOf([
  ...date('@timestamp', 'event.created', 'event.ingested'),
  ...keyword('event.id', 'event.kind', 'event.category', 'event.type', 'event.action', 'event.outcome'),
  ...keyword('event.dataset', 'event.module'),
  ...long('event.sequence'),
  ...keyword(
    'host.id',
    'host.name',
    'host.hostname',
    'host.os.type',
    'host.os.family',
    'host.os.platform',
    'host.os.version',
  ),
  ...caseless('host.os.name', 'host.os.full'),
  { name: 'host.ip', type: 'ip', many: true },
  ...keyword('agent.id', 'agent.type', 'agent.name'),
  ...keyword('user.id', 'process.user.id', 'process.real_user.id'),
  ...['user.name', 'process.user.name'].map(
    (name): Field => ({ name, type: 'keyword', ignoreAbove: KEYWORD_LIMIT, text: true }),
  ),
  ...keyword(
    'process.entity_id',
    'process.parent.entity_id',
    'process.entry_leader.entity_id',
    'process.session_leader.entity_id',
  ),
  ...keyword('process.entry_leader.entry_meta.type'),
  ...keywordList('process.Ext.ancestry', 'process.args', 'process.parent.args'),
  ...long('process.pid', 'process.parent.pid', 'process.exit_code', 'process.args_count'),
  ...date('process.start', 'process.end', 'process.parent.start'),
  ...caseless('process.name', 'process.executable', 'process.working_directory'),
  ...caseless('process.parent.name', 'process.parent.executable', 'process.parent.working_directory'),
  ...caseless('process.entry_leader.name', 'process.entry_leader.executable'),
  { name: 'process.command_line', type: 'wildcard', caseless: true, caselessIgnoreAbove: KEYWORD_LIMIT, text: true },
  {
    name: 'process.parent.command_line',
    type: 'wildcard',
    caseless: true,
    caselessIgnoreAbove: KEYWORD_LIMIT,
    text: true,
  },
  ...keyword('process.hash.sha256'),
  { name: 'process.interactive', type: 'boolean' },
  ...keyword('container.id', 'container.name', 'container.image.name'),
  { name: 'data_stream.dataset', type: 'constant_keyword' },
  { name: 'data_stream.namespace', type: 'constant_keyword' },
]);
