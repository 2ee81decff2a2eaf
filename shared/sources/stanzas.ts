import type { Stanza } from './stanza.ts';

const LAUREL_LOG = '/var/log/laurel/audit.log';
/** Longest record that is taken here, in bytes. */
const LONGEST_RECORD = 4 * 1024 * 1024;
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
  ownAuthority: { setting: 'ssl.certificate_authorities: ["ca.pem"]', place: 'under output.elasticsearch' },
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
agent.monitoring:
  enabled: false
inputs:
  - id: laurel
    type: filestream
    use_output: default
    data_stream.namespace: default
    streams:
      - id: laurel-log
        data_stream.dataset: laurel
        paths: [${LAUREL_LOG}]
        parsers:
          - ndjson: {target: "", overwrite_keys: true}
`,
  notes: [
    'With monitoring on, the agent would send its own logs and metrics here too.',
    'Elastic Defend needs an agent that Fleet manages, and Fleet makes keys of its own: send its events through Logstash, as in the guide below.',
  ],
  ownAuthority: { setting: 'ssl.certificate_authorities: ["ca.pem"]', place: 'under outputs.default' },
};

const logstash: Stanza = {
  id: 'logstash',
  title: 'Logstash',
  place: 'a pipeline',
  text: ({ origin, id, secret, tls }) => `input {
  elastic_agent {
    port => 5044
    enrich => none
    ssl_enabled => true
    ssl_certificate_authorities => ["ca.crt"]
    ssl_certificate => "logstash.crt"
    ssl_key => "logstash.pkcs8.key"
    ssl_client_authentication => "required"
  }
}
output {
  if [data_stream][dataset] == "endpoint.events.process" {
    elasticsearch {
      hosts => ["${origin}"]
      ${tls ? `api_key => "${id}:${secret}"` : `user => "ingest" password => "${secret}"`}
      data_stream => true
    }
  }
}
`,
  notes: [
    'The input is for agents that Fleet manages; Fleet shows the same when a Logstash output is added there. The condition leaves out what else they send, of which nothing is used here; other outputs get it as before.',
    'What is refused is sent again without end. With queue.type: persisted in logstash.yml, events that it holds outlive it as well.',
    'Logstash sends an API key over TLS only; without TLS the secret goes as a password.',
  ],
  ownAuthority: { setting: 'ssl_certificate_authorities => ["ca.pem"]', place: 'in the output' },
};

const vector: Stanza = {
  id: 'vector',
  title: 'Vector',
  place: 'vector.yaml',
  text: ({ origin, secret }) => `sources:
  laurel:
    type: file
    include: [${LAUREL_LOG}]
    max_line_bytes: ${LONGEST_RECORD}
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
    'Without max_line_bytes, it leaves out lines of more than 100 KiB.',
  ],
  ownAuthority: { setting: 'tls: {ca_file: /etc/vector/ca.pem}', place: 'under sinks.oddspawn' },
};

const fluentBit: Stanza = {
  id: 'fluent-bit',
  title: 'Fluent Bit',
  place: 'fluent-bit.conf',
  text: ({ host, port, tls, secret }) => `[SERVICE]
  parsers_file parsers.conf
  storage.path /var/lib/fluent-bit/storage
  scheduler.cap 30
[INPUT]
  name tail
  path ${LAUREL_LOG}
  parser json
  read_from_head on
  db /var/lib/fluent-bit/laurel.db
  storage.type filesystem
  buffer_max_size 4m
  skip_long_lines on
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
    'db remembers how far it has read, storage.path keeps what it has read and not yet sent: without either, its restart costs records. Without read_from_head, so does a rotation while it is down.',
    'Without scheduler.cap, it waits up to half an hour before it tries again; without skip_long_lines, one longer than buffer_max_size ends the reading of the file.',
    'time_key keeps it from writing a second @timestamp. It repeats a batch of which nothing was taken, so records that cannot be read are taken, and kept aside here.',
  ],
  ownAuthority: { setting: 'tls.ca_file /etc/fluent-bit/ca.pem', place: 'under [OUTPUT]' },
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
ruleset(name="oddspawn" queue.type="LinkedList" queue.filename="oddspawn" queue.saveOnShutdown="on"
    queue.dequeueBatchSize="256") {
  if strlen($.omes!_id) > 0 then { set $.id = $.omes!_id; } else { set $.id = $uuid; }
  action(type="omelasticsearch" server="${host}" serverport="${port}" usehttps="${onOff(tls)}"
    uid="ingest" pwd="${secret}" searchIndex="logs-laurel-default" searchType="" template="oddspawn-record"
    bulkmode="on" writeoperation="create" bulkid="oddspawn-id" dynbulkid="on"
    retryfailures="on" retryruleset="oddspawn" ratelimit.interval="0"
    action.resumeRetryCount="-1" action.resumeInterval="5" action.resumeIntervalMax="60")
}
`,
  notes: [
    'Records longer than 8 KiB need global(maxMessageSize="64k") at the top of /etc/rsyslog.conf.',
    'Without retryfailures, retryruleset and ratelimit.interval="0", rsyslog loses what it has to send again.',
    'What it has read and not sent yet is kept in its workDirectory when it ends, but for the batch in hand: up to 256 records, where nothing answered.',
  ],
  ownAuthority: { setting: 'tls.cacert="/etc/rsyslog-ca.pem"', place: 'in the action' },
};

const syslogNg: Stanza = {
  id: 'syslog-ng',
  title: 'syslog-ng',
  place: '/etc/syslog-ng/conf.d/oddspawn.conf',
  text: ({
    origin,
    encoded,
  }) => `source s_laurel { file("${LAUREL_LOG}" flags(no-parse) read-old-records(yes) log-msg-size(${LONGEST_RECORD})); };
destination d_oddspawn {
  http(
    url("${origin}/_bulk") method("POST")
    headers("Content-Type: application/x-ndjson", "Authorization: ApiKey ${encoded}")
    body("{\\"index\\":{\\"_index\\":\\"logs-laurel-default\\"}}\\n\${MESSAGE}") body-suffix("\\n") delimiter("\\n")
    batch-lines(200) batch-bytes(8Mb) batch-timeout(300) workers(1) retries(1000000) time-reopen(5)
    response-action(401 => disconnect, 429 => disconnect)
  );
};
log { source(s_laurel); destination(d_oddspawn); flags(flow-control); };
`,
  notes: [
    'It reads no answers about single records: what is refused as a whole, it sends again. Without retries, it drops a batch after the third try, and without response-action at once, where versions differ.',
    'Without read-old-records it passes over what stands in the log when it first sees it.',
  ],
  ownAuthority: { setting: 'tls(ca-file("/etc/syslog-ng/ca.pem"))', place: 'in http()' },
};

const curl: Stanza = {
  id: 'curl',
  title: 'curl',
  place: 'a shell, beside events.ndjson',
  text: ({ origin, encoded }) => `sed 's/^/{"create":{}}\\n/' events.ndjson | split -l 20000 --filter='gzip |
  curl -sSf -o /dev/null --retry 100 --retry-delay 3 --retry-connrefused --data-binary @- \\
    -H "Content-Encoding: gzip" -H "Content-Type: application/x-ndjson" \\
    -H "Authorization: ApiKey ${encoded}" ${origin}/logs-endpoint/_bulk'
`,
  notes: [
    'One JSON document a line, in requests of 10,000. --data-binary, since -d drops line feeds. The file may be sent again without harm.',
    'sed and split as in GNU; elsewhere, oddspawn tail does the same.',
  ],
  ownAuthority: { setting: '--cacert ca.pem', place: 'behind curl' },
};

const javascript: Stanza = {
  id: 'javascript',
  title: 'JavaScript client',
  place: 'a program with @elastic/elasticsearch',
  text: ({ origin, encoded }) => `import { Client } from '@elastic/elasticsearch';

const client = new Client({ node: '${origin}', auth: { apiKey: '${encoded}' }, compression: true, maxRetries: 20 });
await client.helpers.bulk({
  datasource: events,
  retries: 100,
  wait: 3000,
  onDocument: ({ event }) => ({ create: { _index: 'logs-endpoint.events.process-default', _id: event.id } }),
  onDrop: ({ status, document }) => {
    if (status !== 409) console.error('refused', status, document);
  },
});
`,
  notes: [
    'What is refused for now is sent again for five minutes, then dropped: onDrop is told. maxRetries is for requests without an answer.',
    'A document that was stored already is dropped with 409: that is no loss.',
  ],
  ownAuthority: { setting: "tls: { ca: await readFile('ca.pem') }", place: 'in new Client' },
};

const tail: Stanza = {
  id: 'tail',
  title: 'oddspawn tail',
  place: 'a shell, in this checkout',
  text: ({ origin, secret }) => `ODDSPAWN_KEY='${secret}' npm run -s oddspawn -- tail ${LAUREL_LOG} --url ${origin}\n`,
  notes: ['Follows the file through rotation, truncation and restarts of either side; each line is stored once.'],
  ownAuthority: { setting: 'NODE_EXTRA_CA_CERTS=ca.pem', place: 'before all else' },
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
