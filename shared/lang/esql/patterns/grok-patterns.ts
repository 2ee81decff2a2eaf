/** Parts of the patterns below that are no pattern of their own. */
const OCTET = '(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})';
const FOUR = `${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}`;
const H = '[0-9A-Fa-f]{1,4}';
/** Addresses of IPv6 with the `::` behind so many groups, or without. */
const SIX = [
  `(?:${H}:){7}(?:${H}|:)`,
  `(?:${H}:){6}(?::${H}|${FOUR}|:)`,
  ...[5, 4, 3, 2, 1].map((head) => {
    const rest = 7 - head;
    const inner = rest === 2 ? `:${FOUR}` : `(?::${H}){0,${rest - 2}}:${FOUR}`;
    return `(?:${H}:){${head}}(?:(?::${H}){1,${rest}}|${inner}|:)`;
  }),
  `:(?:(?::${H}){1,7}|(?::${H}){0,5}:${FOUR}|:)`,
].join('|');
const MONTHS =
  'Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|M(?:a|ä)?r(?:ch|z)?|Apr(?:il)?|Ma(?:y|i)?|Jun(?:e|i)?|Jul(?:y|i)?|Aug(?:ust)?|Sep(?:tember)?|O(?:c|k)?t(?:ober)?|Nov(?:ember)?|De(?:c|z)(?:ember)?';

/**
 * The named patterns of GROK (elastic/elasticsearch `libs/grok`, which has them from Logstash), in our own words: what they
 * take is meant to be the same. Written without atomic groups, which no executor has.
 */
export const GROK_PATTERNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Texts.
    WORD: String.raw`\b\w+\b`,
    NOTSPACE: String.raw`\S+`,
    SPACE: String.raw`\s*`,
    DATA: '.*?',
    GREEDYDATA: '.*',
    USERNAME: '[a-zA-Z0-9._-]+',
    USER: '%{USERNAME}',
    QUOTEDSTRING: String.raw`"(?:\\.|[^\\"])*"|'(?:\\.|[^\\'])*'|${'`'}(?:\\.|[^\\${'`'}])*${'`'}`,
    QS: '%{QUOTEDSTRING}',
    UUID: '[A-Fa-f0-9]{8}-(?:[A-Fa-f0-9]{4}-){3}[A-Fa-f0-9]{12}',
    EMAILLOCALPART: String.raw`[a-zA-Z0-9!#$%&'*+/=?^_${'`'}{|}~-]{1,64}(?:\.[a-zA-Z0-9!#$%&'*+/=?^_${'`'}{|}~-]{1,62}){0,63}`,
    EMAILADDRESS: '%{EMAILLOCALPART}@%{HOSTNAME}',
    // Numbers.
    INT: '[+-]?[0-9]+',
    BASE10NUM: String.raw`(?<![0-9.+-])[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)`,
    NUMBER: '%{BASE10NUM}',
    BASE16NUM: '(?<![0-9A-Fa-f])[+-]?(?:0x)?[0-9A-Fa-f]+',
    BASE16FLOAT: String.raw`\b(?<![0-9A-Fa-f.])[+-]?(?:0x)?(?:[0-9A-Fa-f]+(?:\.[0-9A-Fa-f]*)?|\.[0-9A-Fa-f]+)\b`,
    POSINT: String.raw`\b[1-9][0-9]*\b`,
    NONNEGINT: String.raw`\b[0-9]+\b`,
    // Networks.
    MAC: '%{CISCOMAC}|%{WINDOWSMAC}|%{COMMONMAC}',
    CISCOMAC: String.raw`(?:[A-Fa-f0-9]{4}\.){2}[A-Fa-f0-9]{4}`,
    WINDOWSMAC: '(?:[A-Fa-f0-9]{2}-){5}[A-Fa-f0-9]{2}',
    COMMONMAC: '(?:[A-Fa-f0-9]{2}:){5}[A-Fa-f0-9]{2}',
    IPV6: `(?:${SIX})(?:%[^ ]+)?`,
    IPV4: `(?<![0-9])${FOUR}(?![0-9])`,
    // Beside a digit no address of either kind: the looks of IPv4 are drawn out, to be decided by what stands beside.
    IP: `(?<![0-9])(?:%{IPV6}|${FOUR})(?![0-9])`,
    HOSTNAME: String.raw`\b[0-9A-Za-z][0-9A-Za-z-]{0,62}(?:\.[0-9A-Za-z][0-9A-Za-z-]{0,62})*(?:\.?|\b)`,
    HOST: '%{HOSTNAME}',
    IPORHOST: `%{IPV6}|\\b${FOUR}\\b|%{HOSTNAME}`,
    HOSTPORT: '%{IPORHOST}:%{POSINT}',
    // Paths and addresses of the web.
    PATH: '%{UNIXPATH}|%{WINPATH}',
    UNIXPATH: String.raw`(?:/[\w_%!$@:.,+~-]*)+`,
    WINPATH: String.raw`(?:[A-Za-z]+:|\\)(?:\\[^\\?*]*)+`,
    TTY: String.raw`/dev/(?:pts|tty(?:[pq])?)(?:\w+)?/?[0-9]+`,
    URIPROTO: String.raw`[A-Za-z][A-Za-z0-9+\-.]+`,
    URIHOST: '%{IPORHOST}(?::%{POSINT})?',
    URIPATH: String.raw`(?:/[A-Za-z0-9$.+!*'(){},~:;=@#%&_\-]*)+`,
    URIQUERY: String.raw`[A-Za-z0-9$.+!*'|(){},~@#%&/=:;_?\-\[\]<>]*`,
    URIPARAM: String.raw`\?%{URIQUERY}`,
    URIPATHPARAM: '%{URIPATH}(?:%{URIPARAM})?',
    URI: '%{URIPROTO}://(?:%{USER}(?::[^@]*)?@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?',
    // Times.
    MONTH: String.raw`\b(?:${MONTHS})\b`,
    MONTHNUM: '0?[1-9]|1[0-2]',
    MONTHNUM2: '0[1-9]|1[0-2]',
    MONTHDAY: '(?:0[1-9])|(?:[12][0-9])|(?:3[01])|[1-9]',
    DAY: 'Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?',
    YEAR: String.raw`(?:\d\d){1,2}`,
    HOUR: '2[0123]|[01]?[0-9]',
    MINUTE: '[0-5][0-9]',
    SECOND: '(?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?',
    TIME: '(?<![0-9])%{HOUR}:%{MINUTE}(?::%{SECOND})(?![0-9])',
    DATE_US: '%{MONTHNUM}[/-]%{MONTHDAY}[/-]%{YEAR}',
    DATE_EU: '%{MONTHDAY}[./-]%{MONTHNUM}[./-]%{YEAR}',
    DATE: '%{DATE_US}|%{DATE_EU}',
    ISO8601_TIMEZONE: 'Z|[+-]%{HOUR}(?::?%{MINUTE})',
    ISO8601_SECOND: '%{SECOND}|60',
    TIMESTAMP_ISO8601: '%{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{SECOND})?%{ISO8601_TIMEZONE}?',
    TZ: '[APMCE][SD]T|UTC',
    DATESTAMP: '%{DATE}[- ]%{TIME}',
    DATESTAMP_RFC822: '%{DAY} %{MONTH} %{MONTHDAY} %{YEAR} %{TIME} %{TZ}',
    DATESTAMP_RFC2822: '%{DAY}, %{MONTHDAY} %{MONTH} %{YEAR} %{TIME} %{ISO8601_TIMEZONE}',
    DATESTAMP_OTHER: '%{DAY} %{MONTH} %{MONTHDAY} %{TIME} %{TZ} %{YEAR}',
    DATESTAMP_EVENTLOG: '%{YEAR}%{MONTHNUM2}%{MONTHDAY}%{HOUR}%{MINUTE}%{SECOND}',
    HTTPDATE: '%{MONTHDAY}/%{MONTH}/%{YEAR}:%{TIME} %{INT}',
    SYSLOGTIMESTAMP: '%{MONTH} +%{MONTHDAY} %{TIME}',
    // Logs.
    PROG: String.raw`[\x21-\x5a\x5c\x5e-\x7e]+`,
    SYSLOGPROG: String.raw`%{PROG}(?:\[%{POSINT}\])?`,
    SYSLOGHOST: '%{IPORHOST}',
    SYSLOGFACILITY: '<%{NONNEGINT}.%{NONNEGINT}>',
    LOGLEVEL:
      '(?i:alert|trace|debug|notice|info(?:rmation)?|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe|emerg(?:ency)?)',
  }),
);
