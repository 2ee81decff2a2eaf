import type { Stanza } from './stanza.ts';

const LAUREL_LOG = '/var/log/laurel/audit.log';
const onOff = (on: boolean): string => (on ? 'on' : 'off');

const filebeat: Stanza = {
  id: 'filebeat',
  title: 'Filebeat',
  place: 'filebeat.yml',
  text: ({ origin, id, secret }) => `filebeat.inputs:
  - type: filestream
    id: laurel
    paths: [${LAUREL_LOG}]
    parsers:
      - ndjson: {target: "", overwrite_keys: true}
output.elasticsearch:
  hosts: ["${origin}"]
  api_key: "${id}:${secret}"
  index: logs-laurel-default
setup.ilm.enabled: false
setup.template.enabled: false
`,
  notes: [
    'Filebeat adds host and agent fields of its own to every record.',
    'A refused batch is sent again; nothing is lost as long as the log is not rotated away.',
    'From 9.0 on it begins with a file when that has 1,024 bytes.',
  ],
};

const elasticAgent: Stanza = {
  id: 'elastic-agent',
  title: 'Elastic Agent, stand-alone',
  place: 'elastic-agent.yml',
  text: ({ origin, id, secret }) => `outputs:
  default:
    type: elasticsearch
    hosts: ["${origin}"]
    api_key: "${id}:${secret}"
`,
  notes: [
    'Elastic Defend needs an agent that Fleet manages, and Fleet makes keys of its own: send its events through Logstash, as in the guide below.',
  ],
};

const logstash: Stanza = {
  id: 'logstash',
  title: 'Logstash',
  place: 'a pipeline',
  text: ({ origin, id, secret, tls }) => `output {
  elasticsearch {
    hosts => ["${origin}"]
    ${tls ? `api_key => "${id}:${secret}"` : `user => "ingest" password => "${secret}"`}
    data_stream => true
    data_stream_dataset => "endpoint.events.process"
    manage_template => false
  }
}
`,
  notes: ['Logstash sends an API key over TLS only; without TLS the secret goes as a password.'],
};

const vector: Stanza = {
  id: 'vector',
  title: 'Vector',
  place: 'vector.yaml',
  text: ({ origin, secret }) => `sources:
  laurel:
    type: file
    include: [${LAUREL_LOG}]
transforms:
  records:
    type: remap
    inputs: [laurel]
    source: '. = object!(parse_json!(string!(.message)))'
sinks:
  oddspawn:
    type: elasticsearch
    inputs: [records]
    endpoints: ["${origin}"]
    api_version: v8
    compression: gzip
    bulk: {action: create, index: logs-laurel-default}
    auth: {strategy: basic, user: ingest, password: "${secret}"}
    request_retry_partial: true
    acknowledgements: {enabled: true}
`,
  notes: [
    'Without request_retry_partial, Vector drops what is refused item by item; with acknowledgements it reads on in the file only when what it has read is safe.',
  ],
};

const fluentBit: Stanza = {
  id: 'fluent-bit',
  title: 'Fluent Bit',
  place: 'fluent-bit.conf',
  text: ({ host, port, tls, secret }) => `[SERVICE]
  parsers_file parsers.conf
[INPUT]
  name tail
  path ${LAUREL_LOG}
  parser json
  db /var/lib/fluent-bit/laurel.db
  buffer_max_size 1m
[OUTPUT]
  name es
  match *
  host ${host}
  port ${port}
  tls ${onOff(tls)}
  http_user ingest
  http_passwd ${secret}
  index logs-laurel-default
  suppress_type_name on
  generate_id on
  time_key fb_time
  compress gzip
  buffer_size false
  retry_limit no_limits
`,
  notes: [
    'time_key keeps it from writing a second @timestamp; db remembers how far it has read.',
    'It repeats a batch of which nothing was taken, so records that cannot be read are taken, and kept aside here.',
  ],
};

const rsyslog: Stanza = {
  id: 'rsyslog',
  title: 'rsyslog',
  place: '/etc/rsyslog.d/oddspawn.conf',
  text: ({ host, port, tls, secret }) => `module(load="imfile")
module(load="omelasticsearch")
template(name="oddspawn-record" type="string" string="%msg%")
template(name="oddspawn-id" type="string" string="%$.id%")
input(type="imfile" File="${LAUREL_LOG}" Tag="laurel" ruleset="oddspawn")
ruleset(name="oddspawn") {
  if strlen($.omes!_id) > 0 then { set $.id = $.omes!_id; } else { set $.id = $uuid; }
  action(type="omelasticsearch" server="${host}" serverport="${port}" usehttps="${onOff(tls)}"
    uid="ingest" pwd="${secret}" searchIndex="logs-laurel-default" searchType="" template="oddspawn-record"
    bulkmode="on" writeoperation="create" bulkid="oddspawn-id" dynbulkid="on"
    retryfailures="on" retryruleset="oddspawn" ratelimit.interval="0" action.resumeRetryCount="-1")
}
`,
  notes: [
    'Records longer than 8 KiB need global(maxMessageSize="64k") at the top of /etc/rsyslog.conf.',
    'Without retryfailures, retryruleset and ratelimit.interval="0", rsyslog loses what it has to send again.',
  ],
};

const syslogNg: Stanza = {
  id: 'syslog-ng',
  title: 'syslog-ng',
  place: '/etc/syslog-ng/conf.d/oddspawn.conf',
  text: ({ origin, encoded }) => `source s_laurel { file("${LAUREL_LOG}" flags(no-parse) log-msg-size(65536)); };
destination d_oddspawn {
  http(
    url("${origin}/_bulk") method("POST")
    headers("Content-Type: application/x-ndjson", "Authorization: ApiKey ${encoded}")
    body("{\\"index\\":{\\"_index\\":\\"logs-laurel-default\\"}}\\n\${MESSAGE}") body-suffix("\\n") delimiter("\\n")
    batch-lines(200) batch-timeout(300) workers(1) retries(1000000) time-reopen(5)
  );
};
log { source(s_laurel); destination(d_oddspawn); flags(flow-control); };
`,
  notes: [
    'It reads no answers about single records: what is refused as a whole, it sends again. Without retries, it drops a batch after the third try.',
  ],
};

const curl: Stanza = {
  id: 'curl',
  title: 'curl',
  place: 'a shell, beside events.ndjson',
  text: ({ origin, encoded }) => `sed 's/^/{"create":{}}\\n/' events.ndjson | gzip |
  curl -sS --data-binary @- -H 'Content-Encoding: gzip' -H 'Content-Type: application/x-ndjson' \\
    -H 'Authorization: ApiKey ${encoded}' '${origin}/logs-endpoint/_bulk'
`,
  notes: [
    '--data-binary, since -d drops line feeds. One JSON document a line; the file may be sent again without harm.',
  ],
};

const javascript: Stanza = {
  id: 'javascript',
  title: 'JavaScript client',
  place: 'a program with @elastic/elasticsearch',
  text: ({ origin, encoded }) => `import { Client } from '@elastic/elasticsearch';

const client = new Client({ node: '${origin}', auth: { apiKey: '${encoded}' }, compression: true });
await client.helpers.bulk({
  datasource: events,
  retries: 5,
  wait: 1000,
  onDocument: ({ event }) => ({ create: { _index: 'logs-endpoint.events.process-default', _id: event.id } }),
  onDrop: ({ status, document }) => {
    if (status !== 409) console.error('refused', status, document);
  },
});
`,
  notes: ['A document that was stored already is dropped with 409: that is no loss.'],
};

const tail: Stanza = {
  id: 'tail',
  title: 'oddspawn tail',
  place: 'a shell, in this checkout',
  text: ({ origin, secret }) => `ODDSPAWN_KEY='${secret}' npm run -s oddspawn -- tail ${LAUREL_LOG} --url ${origin}\n`,
  notes: ['Follows the file through rotation, truncation and restarts of either side; each line is stored once.'],
};

/** Configuration for what people run already, the commonest first. */
export const STANZAS: readonly Stanza[] = [
  filebeat,
  elasticAgent,
  logstash,
  vector,
  fluentBit,
  rsyslog,
  syslogNg,
  curl,
  javascript,
  tail,
];
