import { useClipboard } from '@mantine/hooks';

const SHOWN_MS = 1500;

/** Copies text, and says for a moment that it did. */
export function useCopy(): { readonly copied: boolean; readonly copy: (text: string) => void } {
  const { copied, copy } = useClipboard({ timeout: SHOWN_MS });
  return { copied, copy };
}
