import { useState } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { ChoiceField } from '#client/ui/fields/choice-field.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { plural } from '#shared/base/counts.ts';
import classes from '../changes/dialogs.module.css';
import type { CopyFormat } from './copied-alert.ts';

const FORMATS: readonly { readonly value: CopyFormat; readonly label: string; readonly description: string }[] = [
  { value: 'kql', label: 'KQL', description: 'Finds its events again' },
  { value: 'esql', label: 'ES|QL', description: 'Finds its events again' },
  { value: 'json', label: 'JSON', description: 'As the server keeps it' },
  { value: 'csv', label: 'CSV', description: 'For a spreadsheet; no cell is taken for a formula' },
  { value: 'markdown', label: 'Markdown', description: 'Rows of a table' },
];

/** Alerts as text on the clipboard, in the form that is wanted: by `y`. */
export function CopyAs({ alerts }: { readonly alerts: readonly Alert[] }) {
  const [open, setOpen] = useState(false);
  useShortcuts([
    {
      keys: 'y',
      label: 'Copy as KQL, ES|QL, JSON, CSV, Markdown',
      group: 'Act',
      run: () => setOpen(alerts.length > 0),
    },
  ]);
  return (
    <Dialog title={`Copy ${plural(alerts.length, 'alert')}`} open={open} onClose={() => setOpen(false)}>
      <CopyForm alerts={alerts} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function CopyForm({ alerts, onDone }: { readonly alerts: readonly Alert[]; readonly onDone: () => void }) {
  const preferred = usePreferences((store) => store.defang);
  const [format, setFormat] = useState<CopyFormat>('kql');
  const [defanged, setDefanged] = useState(preferred);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        // The languages come when they are asked for: the queue itself does without.
        void import('./copied-alert.ts')
          .then(({ copyOf }) => navigator.clipboard.writeText(copyOf(format, alerts, defanged)))
          .then(() => showDone('Copied'), showProblem);
        onDone();
      }}
    >
      <ChoiceField label="As" first value={format} options={FORMATS} onChange={setFormat} />
      <SwitchField label="Defang addresses: hxxps[:]//evil[.]com" checked={defanged} onChange={setDefanged} />
      <ButtonRow>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit">
          Copy
        </Button>
      </ButtonRow>
    </form>
  );
}
