import { LAUREL_LOG } from './laurel-log.ts';
import type { Stanza } from './stanza.ts';

export const curl: Stanza = {
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

export const tail: Stanza = {
  id: 'tail',
  title: 'oddspawn tail',
  place: 'a shell, in this checkout',
  text: ({ origin, secret }) => `ODDSPAWN_KEY='${secret}' npm run -s oddspawn -- tail ${LAUREL_LOG} --url ${origin}\n`,
  notes: ['Follows the file through rotation, truncation and restarts of either side; each line is stored once.'],
  ownAuthority: { setting: 'NODE_EXTRA_CA_CERTS=ca.pem', place: 'before all else' },
};
