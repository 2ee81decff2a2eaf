import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { activeCommands, keyLabel, useShortcutRegistry } from '#client/stores/shortcuts/registry.ts';
import { CommandPalette, type PaletteEntry } from '#client/ui/command-palette.tsx';
import { listRules } from '#shared/api/rules.ts';

/** Everything one can do or open from here, found by typing. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const registrations = useShortcutRegistry((store) => store.registrations);
  const rules = useEndpoint(listRules, {});
  const words = query.trim();
  const searches: PaletteEntry[] =
    words === ''
      ? []
      : [
          {
            id: 'find-alerts',
            label: `Alerts with “${words}”`,
            run: () => void navigate({ to: '/alerts', search: { text: words, status: 'all' } }),
          },
          {
            id: 'find-events',
            label: `Events: ${words}`,
            note: 'as a KQL query',
            run: () => void navigate({ to: '/events', search: { kql: words } }),
          },
        ];
  const commands: PaletteEntry[] = activeCommands(registrations)
    .filter(({ keys }) => keys[0] !== '$mod+k')
    .map(({ keys, label, run }) => ({ id: `command ${label}`, label, note: keys.map(keyLabel).join(' or '), run }));
  const pages: PaletteEntry[] = (rules.data?.rules ?? []).map(({ slug, name }) => ({
    id: `rule ${slug}`,
    label: name,
    note: 'rule',
    run: () => void navigate({ to: '/rules/$slug', params: { slug } }),
  }));
  const matching = [...commands, ...pages].filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()));
  return <CommandPalette query={query} onQuery={setQuery} entries={[...matching, ...searches]} onClose={onClose} />;
}
