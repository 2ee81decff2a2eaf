/** Queries of another language, by how they begin or what only they have; the language that they are pasted into is left out. */
const LANGUAGES: readonly {
  readonly name: string;
  readonly at: RegExp;
  readonly remedy: Readonly<Record<Into, string>>;
}[] = [
  {
    name: 'esql',
    at: /^\s*(?:from|row)\s+[^|]*\||^\s*from\s+\S+\s+metadata\s/i,
    remedy: { kql: 'This looks like ES|QL: choose ES|QL as its language.', esql: '' },
  },
  {
    name: 'eql',
    at: /^\s*(?:sequence(?:\s+(?:by|with)\s|\s*\[)|(?:any|process|file|network|registry|library|dns|authentication|iam|driver|api)\s+where\s)/i,
    remedy: {
      kql: 'This looks like EQL, which is not read here: in KQL a condition is process.name: "curl".',
      esql: 'This looks like EQL, which is not read here: begin with FROM, as in FROM logs-* | WHERE process.name == "curl".',
    },
  },
  {
    name: 'sql',
    at: /^\s*select\s+[\s\S]*?\sfrom\s/i,
    remedy: {
      kql: 'This looks like SQL, which is not read here: in KQL a condition is process.name: "curl".',
      esql: 'This looks like SQL: write FROM logs-* | WHERE process.name == "curl" | KEEP process.name.',
    },
  },
  {
    name: 'splunk',
    at: /^\s*(?:search\s+)?(?:index|source|sourcetype)\s*=\s*\S/i,
    remedy: {
      kql: 'This looks like a search of Splunk, which is not read here: in KQL a condition is process.name: "curl".',
      esql: 'This looks like a search of Splunk: begin with FROM, as in FROM logs-* | WHERE process.name == "curl".',
    },
  },
  {
    name: 'dsl',
    at: /^\s*\{\s*"/,
    remedy: {
      kql: 'This looks like Elasticsearch\'s JSON, which is not read here: in KQL a condition is process.name: "curl".',
      esql: 'This looks like Elasticsearch\'s JSON: begin with FROM, as in FROM logs-* | WHERE process.name == "curl".',
    },
  },
  {
    name: 'kusto',
    at: /^\s*[A-Za-z]\w*\s*\|\s*(?:where|project|extend|summarize|take|count|distinct)\b/i,
    remedy: {
      kql: 'This looks like Microsoft\'s Kusto, also called KQL; this KQL is Kibana\'s, where a condition is process.name: "curl".',
      esql: 'This looks like Microsoft\'s Kusto: begin with FROM, as in FROM logs-* | WHERE process.name == "curl".',
    },
  },
  {
    name: 'lucene',
    at: /(?:^|\s)[+-][\w@.]+:|(?:^|\s|\()_exists_\s*:|:\s{0,9}[[{]\S{1,99}\s{1,9}TO\s{1,9}\S{1,99}[\]}]/,
    remedy: {
      kql: 'This looks like Lucene: in KQL conditions are joined with AND, OR and NOT, a range is field >= 1, and field: * asks whether there is a value.',
      esql: 'This looks like Lucene: begin with FROM, as in FROM logs-* | WHERE process.name == "curl".',
    },
  },
  {
    name: 'kql',
    at: /^\s*(?:not\s+)?\(*\s*[\w@][\w@.*-]*\s*(?::\s*(?!:)\S|(?:<=?|>=?)\s*\S)/i,
    remedy: {
      kql: '',
      esql: 'This looks like KQL: choose KQL as its language, or write FROM logs-* | WHERE kql("…").',
    },
  },
];

type Into = 'kql' | 'esql';

/** What to do about a query of another language that stands where one of this language should; null where it looks like none. */
export const otherLanguage = (text: string, into: Into): string | null =>
  LANGUAGES.find(({ name, at }) => name !== into && at.test(text))?.remedy[into] ?? null;
