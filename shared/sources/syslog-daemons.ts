import { LAUREL_LOG, LONGEST_RECORD } from './laurel-log.ts';
import type { Stanza } from './stanza.ts';

export const rsyslog: Stanza = {
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
  action(type="omelasticsearch" server="${host}" serverport="${port}" usehttps="${tls ? 'on' : 'off'}"
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

export const syslogNg: Stanza = {
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
