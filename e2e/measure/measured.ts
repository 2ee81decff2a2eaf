import { test as base } from '../fixtures.ts';
import { Program } from '../program.ts';
import { type DataName, folderOf, isReady } from './data.ts';
import { type Figure, keepFigures, tableOf } from './figures.ts';

/** Measurements run against a program with kept data; what they tell is printed and kept as JSON. */
export const test = base.extend<
  { readonly tell: (figure: Figure) => void },
  { readonly data: DataName; readonly shared: Program }
>({
  data: ['queue', { option: true, scope: 'worker' }],
  shared: [
    async ({ data }, use) => {
      if (!isReady(data)) throw new Error(`The data “${data}” is not there: run the project measured-data`);
      const program = new Program(folderOf(data), false);
      await program.start();
      await use(program);
      await program.stop();
    },
    { scope: 'worker' },
  ],
  program: async ({ shared }, use) => use(shared),
  tell: async ({ data }, use) => {
    const figures: Figure[] = [];
    await use((figure) => figures.push(figure));
    process.stdout.write(`\nOver the data “${data}”:\n${tableOf(figures)}\n`);
    await keepFigures(figures);
  },
});
