import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import { Segmented } from '#client/ui/fields/segmented.tsx';

/** Which keys act as commands. */
export function KeyChoice() {
  const keys = usePreferences((store) => store.keys);
  return (
    <Segmented
      label="Keys that act as commands"
      value={keys}
      options={[
        { value: 'all', label: 'All keys' },
        { value: 'combined', label: 'No single letters' },
        { value: 'none', label: 'No keys' },
      ]}
      onChange={(choice) => setPreference('keys', choice)}
    />
  );
}
