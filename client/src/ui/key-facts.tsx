import { type Cell, cellText } from '#client/format/cell.ts';
import type { Fact } from './facts.tsx';
import { Absent, Hostile } from './text.tsx';

/** What an alert or a group is told apart by, as facts. */
export const keyFacts = (keys: Readonly<Record<string, Cell>>): readonly Fact[] =>
  Object.entries(keys).map(([name, cell]) => {
    const text = cellText(cell);
    return {
      name,
      value:
        text === null ? (
          <Absent words="no value" />
        ) : (
          <code>
            <Hostile text={text} />
          </code>
        ),
    };
  });
