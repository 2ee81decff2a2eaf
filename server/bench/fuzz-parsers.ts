import { join } from 'node:path';
import { fuzzParsers } from '#server/prove/parsers/fuzz.ts';

/** Texts near every language that a user writes: each must be taken, or refused at a place in it, within a second. */
const INPUTS = Number(process.argv[2] ?? 1_000_000);
const SEED = Number(process.argv[3] ?? 1);
const SHOWN = 300;

const start = performance.now();
const { counts, broken } = fuzzParsers({
  root: join(import.meta.dirname, '..', '..'),
  inputs: INPUTS,
  seed: SEED,
  most: 20,
  progress: (parser, done) => console.log(`${parser}: ${done}, ${((performance.now() - start) / 1000).toFixed(0)} s`),
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
if (broken.length > 0) process.exitCode = 1;
