import { LAUREL_LOG, LONGEST_RECORD } from './laurel-log.ts';
import type { Stanza } from './stanza.ts';

export const vector: Stanza = {
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

export const fluentBit: Stanza = {
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
  tls ${tls ? 'on' : 'off'}
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
