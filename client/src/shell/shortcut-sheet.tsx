import { Fragment } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import {
  activeCommands,
  isKeyOn,
  keyLabel,
  type ShortcutGroup,
  useShortcutRegistry,
} from '#client/stores/shortcuts/registry.ts';
import { Key } from '#client/ui/key.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { KeyChoice } from './key-choice.tsx';
import classes from './shortcut-sheet.module.css';

const GROUPS: readonly ShortcutGroup[] = ['Move', 'Act', 'View', 'Go'];

/** All commands that work on the page shown, from the registry that binds them. */
export function ShortcutSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const registrations = useShortcutRegistry((store) => store.registrations);
  const choice = usePreferences((store) => store.keys);
  const commands = activeCommands(registrations);
  return (
    <Dialog title="Keyboard commands" open={open} onClose={onClose} size="lg">
      <div className={classes['groups']}>
        {GROUPS.map((group) => {
          const members = commands.filter((command) => command.group === group);
          if (members.length === 0) return null;
          return (
            <section key={group}>
              <h3>{group}</h3>
              <dl className={classes['list']}>
                {members.map(({ keys, label }) => (
                  <div key={label} data-off={!keys.some((one) => isKeyOn(one, choice))}>
                    <dt>{label}</dt>
                    <dd>
                      <span className="visually-hidden">{keys.map(keyLabel).join(' or ')}</span>
                      {keys.map((one, index) => (
                        <Fragment key={one}>
                          {index > 0 ? <span aria-hidden="true">or</span> : null}
                          {keyLabel(one)
                            .split(' ')
                            .map((key) => (
                              <Key key={key}>{key}</Key>
                            ))}
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <KeyChoice />
    </Dialog>
  );
}
