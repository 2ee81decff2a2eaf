import { Button, IconButton } from './button.tsx';
import { IconCheck, IconCopy } from './icons.ts';
import { useCopy } from './use-copy.ts';

export function CopyButton({
  text,
  label,
  withWords,
}: {
  readonly text: string | (() => string);
  readonly label: string;
  readonly withWords?: boolean;
}) {
  const clipboard = useCopy();
  const copy = () => clipboard.copy(typeof text === 'string' ? text : text());
  const icon = clipboard.copied ? IconCheck : IconCopy;
  const shown = clipboard.copied ? 'Copied' : label;
  if (withWords) {
    return (
      <Button look="quiet" icon={icon} onClick={copy}>
        {shown}
      </Button>
    );
  }
  return <IconButton label={shown} icon={icon} onClick={copy} />;
}
