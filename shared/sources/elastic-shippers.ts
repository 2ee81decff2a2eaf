import { LAUREL_LOG } from './laurel-log.ts';
import type { Stanza } from './stanza.ts';

export const filebeat: Stanza = {
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

export const elasticAgent: Stanza = {
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

export const logstash: Stanza = {
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
