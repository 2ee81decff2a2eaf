/** Other names of functions, and casts, by what the plan calls them. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['to_str', 'to_string'],
  ['to_integer', 'to_long'],
  ['to_int', 'to_long'],
  ['to_dbl', 'to_double'],
  ['to_bool', 'to_boolean'],
  ['to_dt', 'to_datetime'],
  ['sign', 'signum'],
]);

/** The plan's name of a function that the language writes in any case and under several names. */
export const planFunctionName = (name: string): string => {
  const lower = name.toLowerCase();
  return ALIASES.get(lower) ?? lower;
};

export const ALIAS_NAMES: readonly string[] = [...ALIASES.keys()];

/** The function that a cast with `::` stands for. */
export const CASTS: ReadonlyMap<string, string> = new Map([
  ['string', 'to_string'],
  ['keyword', 'to_string'],
  ['text', 'to_string'],
  ['long', 'to_long'],
  ['integer', 'to_long'],
  ['int', 'to_long'],
  ['double', 'to_double'],
  ['boolean', 'to_boolean'],
  ['bool', 'to_boolean'],
  ['datetime', 'to_datetime'],
  ['date', 'to_datetime'],
  ['ip', 'to_ip'],
  ['geo_point', 'to_geopoint'],
]);

/** Casts of constants to a timespan. */
export const TIMESPAN_CASTS: ReadonlySet<string> = new Set(['date_period', 'time_duration']);

export const CAST_NAMES: readonly string[] = [...CASTS.keys(), ...TIMESPAN_CASTS];

/** Functions that the lowering itself turns into something of the plan. */
export const LOWERED_FUNCTIONS: readonly string[] = [
  'now',
  'bucket',
  'kql',
  'cidr_match',
  'replace',
  'match',
  'match_phrase',
  ...['date_format', 'date_parse', 'day_name', 'month_name', 'space', 'pi', 'e', 'tau'],
  ...['hash', 'clamp', 'clamp_min', 'clamp_max', 'multi_match', 'network_direction', 'field_extract', 'json_extract'],
  ...['mv_intersects', 'to_dateperiod', 'to_timeduration'],
];

/** The plan's own functions that the language does not have. */
export const INTERNAL_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['date_bucket', 'date_bucket_months', 'add_months', 'date_text', 'address_key', 'caseless', 'geo_point'],
]);

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Why functions of the language are not here, and what to do instead where there is something. */
const UNSUPPORTED: readonly (readonly [reason: string, names: string])[] = [
  ['It asks a model for inference, and none is reached from here.', 'text_embedding rerank chunk completion'],
  ['It ranks documents, and rules look at events without a rank.', 'score knn decay'],
  [
    'It reads vectors, which events here do not hold.',
    'v_cosine v_dot_product v_hamming v_l1_norm v_l2_norm v_magnitude to_dense_vector',
  ],
  [
    'Its language is Lucene’s, in which AND and OR of one level make words required or wanted and do not group, and a word without a field is looked for in every field of an index: write the query in KQL, in kql("…").',
    'qstr',
  ],
  ['It would need the terms of an index: compare with == or match(…).', 'term'],
  [
    'It groups texts by what a run learns from them, and a rule must find the same each time: group by a part that GROK, DISSECT or replace(…) takes out.',
    'categorize',
  ],
  ['It draws values at random, and a rule must find the same each time: use top(…) or values(…).', 'sample'],
  [
    'It is for time series, which events are not: group by bucket(@timestamp, …).',
    'absent_over_time count_distinct_over_time count_over_time present_over_time first_over_time last_over_time rate irate avg_over_time max_over_time min_over_time sum_over_time stddev_over_time variance_over_time percentile_over_time delta idelta increase deriv tbucket mv_pseries_weighted_sum to_aggregate_metric_double',
  ],
  ['It takes the range of time from the search: compare @timestamp with now() - 1 hour.', 'trange'],
  [
    'It would need shapes, and there is no type but for points.',
    'st_centroid_agg st_extent_agg st_contains st_disjoint st_intersects st_within st_envelope st_xmax st_xmin st_ymax st_ymin st_geohash st_geohex st_geotile st_simplify st_simplifypreservetopology st_buffer st_npoints to_geohash to_geohex to_geoshape to_geotile to_cartesianpoint to_cartesianshape',
  ],
  [
    'It would need a type for versions, which there is not, and how 1.2 stands to 1.2.0 in it is written down nowhere. Compare parts that GROK takes out, as numbers.',
    'to_version to_ver',
  ],
  [
    'It would need a type for whole numbers beyond 2^63, which there is not: use to_long(…) or to_double(…).',
    'to_unsigned_long to_ul to_ulong',
  ],
  ['It would need times with nanoseconds; those here have milliseconds: use to_datetime(…).', 'to_date_nanos'],
  ['It would need addresses to be written anew: compare with cidr_match(…).', 'ip_prefix'],
  ['Write sum(value * weight) / sum(weight).', 'weighted_avg'],
  ['Write it with CASE.', 'copy_sign round_to'],
  ['Multiply by pow(2, …).', 'scalb'],
  ['Use mv_median(…) or mv_percentile(…).', 'mv_median_absolute_deviation'],
];

/** Functions of the language that this program does not have, with the reason. */
export const UNSUPPORTED_FUNCTIONS: ReadonlyMap<string, string> = new Map(
  UNSUPPORTED.flatMap(([reason, names]) => words(names).map((name) => [name, reason] as const)),
);
