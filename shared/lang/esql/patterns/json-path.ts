const STEP = /^(?:\.?([^.[\]'"$]+)|\[(?:'([^']+)'|"([^"]+)")\])/;

/**
 * The field at a path of `JSON_EXTRACT` (elastic/elasticsearch `docs/reference/`, ES|QL): keys, dotted or quoted in
 * brackets, with or without `$` in front. Null for a path that is none or that counts the elements of an array, which
 * are the values of one field.
 */
export function fieldAtPath(path: string): string | null {
  const keys: string[] = [];
  let rest = path.replace(/^\$\.?/, '');
  if (/^\./.test(rest)) return null;
  while (rest !== '') {
    const [step, plain, single, double] = STEP.exec(rest) ?? [];
    const key = plain ?? single ?? double;
    if (step === undefined || key === undefined) return null;
    keys.push(key);
    rest = rest.slice(step.length);
  }
  return keys.length === 0 ? null : keys.join('.');
}
