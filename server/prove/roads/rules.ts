import type { RuleException } from '#shared/rule/exceptions-in-force.ts';

/** A rule as Kibana exports it, by the slug that it gets. */
export interface RoadRule {
  readonly slug: string;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly exceptions: readonly Pick<RuleException, 'stage' | 'entries'>[];
  /** What it finds is the same however its events come: it knows no time of arrival, and no limit. */
  readonly isTimeless: boolean;
}

/** Values of the list that an exception names. */
export const LIST = { id: 'networks', type: 'ip_range', values: ['10.0.0.0/30', 'fe80::1-fe80::5'] } as const;

const common = { description: '', severity: 'low', risk_score: 21, language: 'kuery', max_signals: 10_000 };

const rule = (
  slug: string,
  own: Readonly<Record<string, unknown>>,
  exceptions: RoadRule['exceptions'] = [],
  isTimeless = true,
): RoadRule => ({ slug, rule: { ...common, rule_id: slug, name: slug, ...own }, exceptions, isTimeless });

const newTerms = (value: readonly string[], history = 'now-2h') => ({
  type: 'new_terms',
  from: 'now-9m',
  interval: '5m',
  new_terms_fields: value,
  history_window_start: history,
});

/** More values than the engine compares one by one. */
const PARENTS = ['nginx', 'apache2', 'httpd', 'lighttpd', 'caddy', 'tomcat', 'php-fpm8.2', 'php-fpm8.3'];
const UNDER_WEB = `process.parent.name:(${PARENTS.map((name) => `"${name}"`).join(' or ')})`;
const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** One of each type, and what its type can have. */
export const RULES: readonly RoadRule[] = [
  rule('terms-of-one', { ...newTerms(['process.command_line']), query: UNDER_WEB }, [
    { stage: 'event', entries: [{ type: 'match', field: 'process.name', operator: 'included', value: 'perl' }] },
  ]),
  rule('terms-of-two', { ...newTerms(['host.id', 'process.args']), query: `${UNDER_WEB} and event.action:exec` }, [
    { stage: 'event', entries: [{ type: 'list', field: 'host.ip', operator: 'included', list: LIST }] },
  ]),
  rule('terms-of-three', { ...newTerms(['process.command_line', 'host.id', 'user.id']), query: 'process.name:*' }, [
    { stage: 'result', entries: [{ type: 'match_any', field: 'user.id', operator: 'included', value: ['0', '7'] }] },
  ]),
  rule(
    'terms-by-arrival',
    { ...newTerms(['process.command_line']), query: UNDER_WEB, timestamp_override: 'event.ingested' },
    [],
    false,
  ),
  rule('single', { type: 'query', query: 'process.name.caseless:SH and host.ip:"2001:db8::/32"' }, [
    {
      stage: 'event',
      entries: [{ type: 'wildcard', field: 'process.command_line', operator: 'included', value: 'sh -c ??' }],
    },
  ]),
  rule('few', { type: 'query', query: 'process.name:bash and not user.id:33', max_signals: 3 }, [], false),
  rule(
    'groups',
    {
      type: 'threshold',
      query: UNDER_WEB,
      interval: '10m',
      from: 'now-15m',
      threshold: { field: ['host.id'], value: 4, cardinality: [{ field: 'process.command_line', value: 3 }] },
    },
    [{ stage: 'event', entries: [{ type: 'exists', field: 'process.working_directory', operator: 'excluded' }] }],
  ),
  rule(
    'rows',
    {
      type: 'esql',
      language: 'esql',
      interval: '10m',
      from: 'now-11m',
      query: `from logs-* metadata _id, _index, _version
| where event.action == "exec" and process.parent.name in (${listed(PARENTS)}) and process.name in ("curl", "perl")
| keep *`,
    },
    [{ stage: 'event', entries: [{ type: 'match', field: 'agent.id', operator: 'included', value: '7' }] }],
  ),
  rule(
    'rare',
    {
      type: 'esql',
      language: 'esql',
      interval: '1h',
      from: 'now-61m',
      query: `from logs-*
| where @timestamp > now() - 1 hours and process.parent.name in (${listed(PARENTS)})
| stats cc = count(), hosts = count_distinct(host.id), names = values(process.name) by process.command_line, user.id
| where cc < 8
| sort cc asc`,
    },
    [{ stage: 'result', entries: [{ type: 'match', field: 'names', operator: 'included', value: 'bash' }] }],
  ),
];
