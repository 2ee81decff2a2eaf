import { useState } from 'react';
import { CodeBlock } from '#client/ui/code-block.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { targetAt } from '#shared/sources/stanza.ts';
import { STANZAS } from '#shared/sources/stanzas.ts';
import type { MadeKey } from './new-key.tsx';
import classes from './sources.module.css';

const CHOICES = STANZAS.map(({ id, title }) => ({ value: id, label: title }));

/** Configuration of what people run already, with this console's address and the key that was just made. */
export function ConnectPanel({ made }: { readonly made: MadeKey | null }) {
  const [address, setAddress] = useState(location.origin);
  const [chosen, setChosen] = useState<string>('filebeat');
  const target = targetAt(address, made ? { id: made.key.id, secret: made.secret, encoded: made.encoded } : undefined);
  const stanza = STANZAS.find(({ id }) => id === chosen);
  return (
    <div className={classes['stack']}>
      <div className={classes['connect']}>
        <SelectField
          label="Program"
          value={chosen}
          options={CHOICES}
          onChange={(next) => {
            if (next !== null) setChosen(next);
          }}
        />
        <TextField
          label="Address as its host sees it"
          value={address}
          onChange={setAddress}
          error={target ? null : 'Such as https://oddspawn.example:8443'}
          mono
        />
      </div>
      {stanza && target ? (
        <>
          <CodeBlock tall label={`${stanza.title}: ${stanza.place}`} text={stanza.text(target)} />
          <p className="dim">
            {made ? 'With the key just made.' : 'Make a key, and it is filled in.'} Other machines reach an address of
            its own: see “Send events” in the README.
          </p>
          <ul className={classes['notes']}>
            {stanza.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
            {target.tls ? (
              <li>
                Where an authority of your own has signed the certificate, add{' '}
                <code>{stanza.ownAuthority.setting}</code> {stanza.ownAuthority.place}.
              </li>
            ) : null}
          </ul>
        </>
      ) : null}
    </div>
  );
}
