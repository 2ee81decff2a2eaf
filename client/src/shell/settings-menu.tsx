import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import { Button } from '#client/ui/button.tsx';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { IconSettings } from '#client/ui/icons.ts';
import { Popup } from '#client/ui/overlays.tsx';
import { useColorScheme } from '#client/ui/use-color-scheme.ts';
import { KeyChoice } from './key-choice.tsx';
import classes from './settings-menu.module.css';

export function SettingsMenu() {
  const preferences = usePreferences();
  const { chosen, choose } = useColorScheme();
  return (
    <Popup
      width={370}
      trigger={
        <button type="button" className={classes['trigger']} aria-label="Settings" title="Settings">
          <IconSettings size={16} stroke={1.7} />
        </button>
      }
    >
      <div className={classes['rows']}>
        <h2>Settings of this browser</h2>
        <Row label="Appearance">
          <Segmented
            label="Appearance"
            value={chosen}
            options={[
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
              { value: 'auto', label: 'System' },
            ]}
            onChange={choose}
          />
        </Row>
        <Row label="Rows">
          <Segmented
            label="Rows"
            value={preferences.density}
            options={[
              { value: 'compact', label: 'Compact' },
              { value: 'comfortable', label: 'Comfortable' },
            ]}
            onChange={(density) => setPreference('density', density)}
          />
        </Row>
        <Row label="Times in lists">
          <Segmented
            label="Times in lists"
            value={preferences.times}
            options={[
              { value: 'date', label: 'Date' },
              { value: 'age', label: 'Age' },
            ]}
            onChange={(times) => setPreference('times', times)}
          />
        </Row>
        <Row label="Commands">
          <KeyChoice />
        </Row>
        <SwitchField
          label="Defang addresses: hxxps[:]//evil[.]com"
          checked={preferences.defang}
          onChange={(on) => setPreference('defang', on)}
        />
        <SwitchField
          label="Charts as tables"
          checked={preferences.chartAsTable}
          onChange={(on) => setPreference('chartAsTable', on)}
        />
        <Button look="quiet" onClick={() => setPreference('toured', false)}>
          Show the tour again
        </Button>
      </div>
    </Popup>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className={classes['row']}>
      <span>{label}</span>
      {children}
    </div>
  );
}
