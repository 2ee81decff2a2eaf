import { CopyButton } from '#client/ui/copy-button.tsx';
import { IconCopy } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { MenuItems } from '#client/ui/menu-items.tsx';
import type { CopiedRow } from './copied-row.ts';
import { rowAsCsv, rowAsEsql, rowAsKql } from './copied-row.ts';

/** A row as text for elsewhere. */
export function CopyRow({ row, json }: { readonly row: CopiedRow; readonly json: string }) {
  return (
    <MenuButton label="Copy row" icon={IconCopy} width={220}>
      <MenuItems>
        <CopyButton withWords label="as KQL" text={() => rowAsKql(row)} />
        <CopyButton withWords label="as ES|QL" text={() => rowAsEsql(row)} />
        <CopyButton withWords label="as JSON" text={json} />
        <CopyButton withWords label="as CSV" text={() => rowAsCsv(row)} />
      </MenuItems>
    </MenuButton>
  );
}
