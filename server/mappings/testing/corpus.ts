import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAPPINGS = join('server', 'mappings', 'cases');
const SAMPLES = join('server', 'demo', 'samples');

/**
 * Lines that each source has really written, by the name of its mapping: those of its cases, and of the recording.
 *
 * @param root folder of the program
 */
export function corpusOf(root: string, source: string): readonly string[] {
  const cases = join(root, MAPPINGS, source);
  const files = readdirSync(cases, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('input.'));
  const recorded: Readonly<Record<string, string>> = { auditd: 'audit.log', laurel: 'laurel.jsonl' };
  const sample = recorded[source];
  return [
    ...files.map((name) => join(cases, name)),
    ...(sample === undefined ? [] : [join(root, SAMPLES, `recorded-nginx-php-fpm.${sample}`)]),
  ].flatMap(linesOf);
}

/** Objects over several lines are put on one. */
function linesOf(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8');
  const isPretty = /^\s*\{\s*$/m.test(text);
  const lines = isPretty
    ? text.split(/(?<=\n\}|^\})\s*(?=\{)/).map((one) => one.replaceAll(/\n\s*/g, ''))
    : text.split('\n');
  return lines.filter((line) => line.trim() !== '');
}
