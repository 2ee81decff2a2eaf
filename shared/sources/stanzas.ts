import { go, javascript, python } from './clients.ts';
import { elasticAgent, filebeat, logstash } from './elastic-shippers.ts';
import { fluentBit, vector } from './other-shippers.ts';
import { curl, tail } from './shell-commands.ts';
import type { Stanza } from './stanza.ts';
import { rsyslog, syslogNg } from './syslog-daemons.ts';

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
  python,
  go,
  tail,
];
