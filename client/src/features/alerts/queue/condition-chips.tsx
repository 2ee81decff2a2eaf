import { visibleText } from '#client/format/hostile.ts';
import { IconX } from '#client/ui/icons.ts';
import { readCondition } from '#shared/api/alert-filter.ts';
import type { QueueSearch } from '../queue-search.ts';
import classes from './condition-chips.module.css';
import { FIELD_WORDS } from './field-words.ts';

/** What cells were narrowed to and away from; each is a button that takes it back. */
export function ConditionChips({
  search,
  onChange,
}: {
  readonly search: QueueSearch;
  readonly onChange: (change: Partial<QueueSearch>) => void;
}) {
  const lists = [
    { member: 'only', word: 'only' },
    { member: 'not', word: 'without' },
  ] as const;
  if (search.only.length + search.not.length === 0) return null;
  return (
    <ul className={classes['chips']} aria-label="Narrowed to">
      {lists.flatMap(({ member, word }) =>
        search[member].map((text) => {
          const condition = readCondition(text);
          if (!condition) return null;
          const name = `${word} ${FIELD_WORDS[condition.field].toLowerCase()}: ${visibleText(condition.value ?? 'none')}`;
          return (
            <li key={`${member} ${text}`}>
              <button
                type="button"
                title={name}
                aria-label={`Take back: ${name}`}
                onClick={() => onChange({ [member]: search[member].filter((other) => other !== text) })}
              >
                <span className={classes['text']}>{name}</span>
                <IconX size={12} />
              </button>
            </li>
          );
        }),
      )}
    </ul>
  );
}
