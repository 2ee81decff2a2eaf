import { useNavigate } from '@tanstack/react-router';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { DESTINATIONS } from './destinations.ts';

/** `g a`, `g r`, …: to each page. */
export function useGoShortcuts(): void {
  const navigate = useNavigate();
  useShortcuts(
    DESTINATIONS.map(({ keys, label, to }) => ({
      keys,
      label: `Go to ${label}`,
      group: 'Go' as const,
      run: () => void navigate({ to, search: {} }),
    })),
  );
}
