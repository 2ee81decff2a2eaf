import { downloadText } from '#client/format/download.ts';
import { CopyButton } from '#client/ui/copy-button.tsx';
import { IconDownload } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { MenuItems } from '#client/ui/menu-items.tsx';
import type { ProcessTree } from '#shared/tree/process.ts';
import type { TreeRow, TreeSubject } from '#shared/tree/tree-row.ts';
import { treeAsSvg } from '#shared/tree/tree-svg.ts';
import { treeAsText } from '#shared/tree/tree-text.ts';

/** The tree for elsewhere: what is in sight as text or picture, all of it as data. */
export function TreeExport({
  of,
  rows,
  tree,
}: {
  readonly of: TreeSubject;
  readonly rows: readonly TreeRow[];
  readonly tree: ProcessTree;
}) {
  return (
    <MenuButton label="Export" icon={IconDownload} width={270}>
      <MenuItems>
        <CopyButton withWords label="Copy as text" text={() => treeAsText(rows, of)} />
        <button
          type="button"
          onClick={() => downloadText('process-tree.txt', 'text/plain', `${treeAsText(rows, of)}\n`)}
        >
          Text
        </button>
        <button type="button" onClick={() => downloadText('process-tree.svg', 'image/svg+xml', treeAsSvg(rows, of))}>
          SVG
        </button>
        <button
          type="button"
          onClick={() =>
            downloadText('process-tree.json', 'application/json', `${JSON.stringify(tree.nodes, null, 2)}\n`)
          }
        >
          JSON
        </button>
        <p className="dim">
          Text and SVG have the {rows.length} rows in sight, JSON all {tree.nodes.length} processes.
        </p>
      </MenuItems>
    </MenuButton>
  );
}
