import { isHidden, type Step } from '#shared/plan/plan.ts';

/** What is known of the columns of a rule's rows. */
export interface ResultShape {
  /** Columns that name the group a row stands for. */
  readonly keys: readonly string[];
  /** Columns that hold a list whatever its length: made by VALUES. */
  readonly lists: ReadonlySet<string>;
}

/** Follows the columns of the last aggregate, or of new terms, through the steps behind it. */
export function shapeOf(steps: readonly Step[]): ResultShape {
  let keys: readonly string[] = [];
  let lists: readonly string[] = [];
  for (const step of steps) {
    switch (step.kind) {
      case 'aggregate':
        keys = step.keys.map(({ name }) => name).filter((name) => !isHidden(name));
        lists = step.aggregates.filter((column) => column.function === 'values').map(({ name }) => name);
        break;
      case 'new-terms':
        keys = step.fields;
        lists = [];
        break;
      case 'rename': {
        const renamed = (name: string) => step.columns.find(({ from }) => from === name)?.to ?? name;
        keys = keys.map(renamed);
        lists = lists.map(renamed);
        break;
      }
      case 'derive': {
        const made = new Set(step.columns.map(({ name }) => name));
        lists = lists.filter((name) => !made.has(name));
        break;
      }
      case 'keep':
        keys = keys.filter((name) => step.columns.includes(name));
        lists = lists.filter((name) => step.columns.includes(name));
        break;
      case 'drop':
        keys = keys.filter((name) => !step.columns.includes(name));
        lists = lists.filter((name) => !step.columns.includes(name));
        break;
      default:
        break;
    }
  }
  return { keys, lists: new Set(lists.filter((name) => !isHidden(name))) };
}
