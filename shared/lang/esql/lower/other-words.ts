/** What other query languages call things, and how they are written here. */
const table = (rows: readonly (readonly [remedy: string, words: string])[]): ReadonlyMap<string, string> =>
  new Map(rows.flatMap(([remedy, words]) => words.split(' ').map((word) => [word, remedy] as const)));

/** Commands of other languages, in lower case. */
export const OTHER_COMMANDS: ReadonlyMap<string, string> = table([
  ['Events are filtered with WHERE.', 'filter search regex find'],
  ['Columns are chosen with KEEP.', 'project select fields table columns return'],
  ['Columns are taken away with DROP.', 'remove project_away'],
  ['Columns are computed with EVAL.', 'extend let'],
  ['Rows are counted with STATS … BY ….', 'summarize aggregate agg group groupby timechart chart tstats eventstats'],
  ['Rows are ordered with SORT.', 'order orderby'],
  ['Rows are ordered with SORT and cut with LIMIT.', 'head take top tail rare'],
  ['Equal rows become one with STATS BY their columns.', 'dedup distinct uniq unique'],
  ['Texts are taken apart with GROK or DISSECT.', 'rex parse extract spath'],
  ['Several values become rows with MV_EXPAND.', 'mvexpand expand unnest'],
  ['There is no command that joins rows: list the values in the query, with IN or CASE.', 'union append appendcols'],
]);

/** Functions of other languages, in lower case. */
export const OTHER_FUNCTIONS: ReadonlyMap<string, string> = table([
  ['Use to_lower(…).', 'lower tolower lcase lowercase'],
  ['Use to_upper(…).', 'upper toupper ucase uppercase'],
  ['Use length(…).', 'strlen len char_length'],
  ['Use substring(…).', 'substr mid'],
  ['Use locate(…).', 'indexof strpos instr position charindex'],
  ['Use replace(…).', 'regexp_replace replace_regex'],
  ['Write IS NULL.', 'isnull is_null isempty'],
  ['Write IS NOT NULL.', 'isnotnull is_not_null isnotempty'],
  ['Write CASE(condition, value, otherwise).', 'if iff iif decode'],
  ['Use coalesce(…).', 'nvl ifnull'],
  ['Write now() - 1 hour.', 'ago date_sub dateadd datetime_add relative_time'],
  ['Use date_trunc(1 hour, @timestamp) or bucket(@timestamp, 1 hour).', 'bin histogram'],
  ['Use count_distinct(…).', 'dcount dc distinct_count approx_count_distinct cardinality'],
  ['Write COUNT() WHERE condition.', 'countif count_if'],
  ['Write SUM(…) WHERE condition.', 'sumif sum_if'],
  ['Use values(…).', 'make_set make_list collect_set collect_list group_concat array_agg'],
  ['Use first(…) or last(…).', 'arg_min arg_max earliest latest'],
  ['Use avg(…).', 'mean average'],
  ['Use std_dev(…).', 'stdev stddev_pop'],
  ['Use to_string(…).', 'tostring str'],
  ['Use to_long(…).', 'toint tolong tonumber int cast'],
  ['Use to_datetime(…).', 'todatetime strptime'],
  ['Use cidr_match(…).', 'cidrmatch ipv4_is_in_range ip_in_range cidr'],
  ['Use RLIKE "…".', 'regexp regexp_match regexp_like matches_regex'],
  ['Use LIKE "…".', 'wildcard'],
  ['Use from_base64(…).', 'base64_decode_tostring frombase64 base64_decode'],
]);
