/** What a condition can ask of its field, as type and operator of Kibana's items. */
export const OPERATIONS = [
  { value: 'match included', label: 'is' },
  { value: 'match excluded', label: 'is not' },
  { value: 'match_any included', label: 'is one of' },
  { value: 'match_any excluded', label: 'is not one of' },
  { value: 'wildcard included', label: 'matches (* and ?)' },
  { value: 'wildcard excluded', label: 'does not match' },
  { value: 'exists included', label: 'exists' },
  { value: 'exists excluded', label: 'does not exist' },
  { value: 'list included', label: 'is in list' },
  { value: 'list excluded', label: 'is not in list' },
  { value: 'nested included', label: 'has an object where' },
] as const;

/** What an object of a list can be asked: Kibana allows no patterns and no lists in there. */
export const WITHIN = OPERATIONS.filter(({ value }) => /^(match|match_any|exists) /.test(value));
