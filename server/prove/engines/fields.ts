import type { Vocabulary } from '#shared/evaluate/generate/vocabulary.ts';
import { catalogueOf } from '#shared/event/field.ts';

/** A field of every type and setting, few enough that queries meet them. */
export const FIELDS = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'event.id', type: 'keyword' },
  { name: 'event.ingested', type: 'date' },
  { name: 'event.action', type: 'keyword', many: true, ignoreAbove: 12 },
  { name: 'host.id', type: 'keyword', ignoreAbove: 1024 },
  { name: 'host.ip', type: 'ip', many: true },
  { name: 'host.os.type', type: 'keyword' },
  { name: 'process.name', type: 'keyword', ignoreAbove: 8, caseless: true, text: true },
  { name: 'process.args', type: 'keyword', many: true, ignoreAbove: 1024 },
  { name: 'process.command_line', type: 'wildcard', caseless: true, caselessIgnoreAbove: 10, text: true },
  { name: 'process.pid', type: 'long' },
  { name: 'process.exit_code', type: 'long', many: true },
  { name: 'process.interactive', type: 'boolean' },
  { name: 'process.start', type: 'date', many: true },
  { name: 'process.load', type: 'double' },
  { name: 'data_stream.type', type: 'constant_keyword' },
  { name: 'source.ip', type: 'ip' },
  { name: 'message', type: 'text' },
  { name: 'request.all', type: 'flattened', ignoreAbove: 8 },
  { name: 'request.all.x', type: 'keyword', keyed: true },
  {
    name: 'threat.list',
    type: 'nested',
    fields: [
      { name: 'name', type: 'keyword', ignoreAbove: 8, caseless: true },
      { name: 'note.text', type: 'text' },
      { name: 'size', type: 'long' },
      { name: 'ip', type: 'ip' },
      {
        name: 'part.list',
        type: 'nested',
        fields: [
          { name: 'name', type: 'keyword' },
          { name: 'size', type: 'long' },
        ],
      },
    ],
  },
]);

export const WORDS: Vocabulary = {
  'event.action': ['exec', 'exec', 'fork', 'end', 'a far longer action'],
  'event.ingested': ['2026-11-21T11:00:00Z', '2026-11-21T10:30:00.123Z'],
  'host.id': ['h1', 'h2', 'H1'],
  'host.ip': ['10.0.0.1', '10.1.2.3', 'fe80::1', '::ffff:10.0.0.1'],
  'host.os.type': ['linux', 'linux', 'windows'],
  'process.name': ['sh', 'Sh', 'bash', 'pdftotext', 'x.php', 'ÄÖ', 'e\u0301', 'ﬁß', 'ΣΑΣ', 'İx'],
  'process.args': ['sh', '-c', 'id', 'a=b', '/usr/bin/x', '--', 'C:\\temp'],
  'process.command_line': ['sh -c id', 'SH -c ID', 'a b', 'x=1 y=2', '10.0.0.1 - GET /x?y=1 200', 'C:\\new "x" 100%'],
  'process.pid': ['1', '2', '42', '7'],
  'process.exit_code': ['0', '1', '127', '1.9'],
  'process.interactive': ['true', 'false'],
  'process.start': ['2026-11-21T10:00:00Z', '2026-11-21T11:59:59.999Z', '1795255200000'],
  'process.load': ['0.5', '2', '-1.25', '1e3'],
  'data_stream.type': ['logs'],
  'source.ip': ['192.168.0.7', '::1', '10.0.0.1'],
  message: ['Some words here', 'words, other words', 'Net.WebClient x_y 1,5'],
  'request.all': ['p', 'q', 'one two', 'beyond all limits'],
  'request.all.x': ['p', 'q'],
  name: ['sh', 'Sh', 'bash'],
  'note.text': ['Some words here', 'other words'],
  size: ['1', '2', '7'],
  ip: ['10.0.0.1', '::1'],
};
