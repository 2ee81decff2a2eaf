import { type AskedQuery, forgetQueries, useKeptSearches } from '#client/stores/kept-searches.ts';
import { Button } from '#client/ui/button.tsx';
import { LANGUAGE_NAMES } from '#client/ui/editor/language.ts';
import { QueryText } from '#client/ui/editor/query-text.tsx';
import { IconHistory } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import menu from './menu.module.css';

/** What was asked in this browser, newest first. */
export function RecentQueries({ onChoose }: { readonly onChoose: (asked: AskedQuery) => void }) {
  const recent = useKeptSearches((store) => store.recent);
  return (
    <MenuButton label="Recent" icon={IconHistory} width={520}>
      {recent.length === 0 ? (
        <p className="dim">What is asked here will be listed, in this browser only.</p>
      ) : (
        <>
          <ul className={menu['list']} aria-label="Recent queries">
            {recent.map((asked) => (
              <li key={`${asked.language} ${asked.query}`}>
                <button type="button" onClick={() => onChoose(asked)}>
                  <code>
                    <QueryText language={asked.language} text={asked.query} />
                  </code>
                  <span className="dim">{LANGUAGE_NAMES[asked.language]}</span>
                </button>
              </li>
            ))}
          </ul>
          <Button look="quiet" onClick={forgetQueries}>
            Forget them
          </Button>
        </>
      )}
    </MenuButton>
  );
}
