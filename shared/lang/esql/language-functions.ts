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
]);

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
];

/** The plan's own functions that the language does not have. */
export const INTERNAL_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['date_bucket', 'date_bucket_months', 'add_months', 'date_text', 'address_key'],
]);

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Functions of the language that this program does not have. */
export const UNSUPPORTED_FUNCTIONS: ReadonlySet<string> = new Set([
  ...words('multi_match qstr term knn score categorize rerank decay text_embedding'),
  ...words('absent_over_time count_distinct_over_time first_over_time last_over_time rate irate'),
  ...words('avg_over_time max_over_time min_over_time sum_over_time delta idelta increase deriv'),
  ...words('sample st_centroid_agg st_extent_agg'),
  ...words('weighted_avg clamp clamp_max clamp_min trange'),
  ...words('copy_sign round_to scalb'),
  ...words('ip_prefix network_direction chunk'),
  ...words('hash md5 sha1 sha256'),
  ...words('to_aggregate_metric_double to_cartesianpoint'),
  ...words('to_cartesianshape to_dateperiod to_timeduration to_date_nanos to_dense_vector to_geohash'),
  ...words('to_geohex to_geopoint to_geoshape to_geotile to_unsigned_long to_ul to_ulong to_version'),
  ...words('to_ver mv_median_absolute_deviation mv_percentile'),
  ...words('mv_pseries_weighted_sum st_contains st_disjoint'),
  ...words('st_distance st_intersects st_within st_x st_y st_envelope st_xmax st_xmin st_ymax st_ymin st_geohash'),
  ...words('st_geohex st_geotile st_simplify st_buffer v_cosine v_dot_product v_hamming v_l1_norm v_l2_norm tbucket'),
]);
