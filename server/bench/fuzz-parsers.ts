import { join } from 'node:path';
import { fuzzParsers } from '#server/prove/parsers/fuzz.ts';

/** Texts near every language that a user writes: each must be taken, or refused at a place in it, within a second. */
const INPUTS = Number(process.argv[2] ?? 1_000_000);
const SEED = Number(process.argv[3] ?? 1);
const LONGEST_MILLISECONDS = 1000;
const SHOWN = 300;

const { counts, broken } = fuzzParsers({
  root: join(import.meta.dirname, '..', '..'),
  inputs: INPUTS,
  seed: SEED,
  most: 20,
});
console.log(
  '| parser | inputs | taken | refused | slowest, ms | its length | its beginning |\n| --- | --- | --- | --- | --- | --- | --- |',
);
for (const { parser, inputs, taken, refused, slowest } of counts) {
  const cells = [parser, inputs, taken, refused, slowest.milliseconds.toFixed(0), slowest.text.length];
  console.log(`| ${cells.join(' | ')} | ${JSON.stringify(slowest.text.slice(0, 60))} |`);
}
for (const { parser, text, reason } of broken) {
  console.log(`${parser}: ${reason}\n  ${JSON.stringify(text.slice(0, SHOWN))} (${text.length} characters)`);
}
const slow = counts.filter(({ slowest }) => slowest.milliseconds > LONGEST_MILLISECONDS);
for (const { parser, slowest } of slow)
  console.log(`${parser}: too slow:\n  ${JSON.stringify(slowest.text.slice(0, SHOWN))}`);
if (broken.length > 0 || slow.length > 0) process.exitCode = 1;
