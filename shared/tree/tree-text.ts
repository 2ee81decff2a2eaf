import { visibleText } from '../base/hostile.ts';
import type { ProcessNode } from './process.ts';
import type { TreeRow, TreeSubject } from './tree-row.ts';

/** The line drawing before a row's name: `│  ├─ `. */
export function glyphs({
  lines,
  level,
  position,
  siblings,
}: Pick<TreeRow, 'lines' | 'level' | 'position' | 'siblings'>): string {
  if (level === 1) return '';
  const above = lines.slice(1).map((goesOn) => (goesOn ? '│  ' : '   '));
  return `${above.join('')}${position < siblings ? '├─ ' : '└─ '}`;
}

export const NOT_IN_DATA = '(parent not in data)';

/** What a process is called in one line: its command line, else the best there is. */
export const processTitle = (node: ProcessNode): string =>
  node.commandLine ??
  node.executable ??
  node.name ??
  (node.placeholder ? NOT_IN_DATA : node.forkOnly ? '(fork)' : '(unknown)');

/** The rows as text, for reports. Everything hostile is spelled out. */
export function treeAsText(rows: readonly TreeRow[], of: TreeSubject = 'alert'): string {
  return rows
    .map((row) => {
      if (row.item.kind === 'fold') return `${glyphs(row)}${visibleText(row.item.shape)} ×${row.item.nodes.length}`;
      const { node } = row.item;
      const facts = [
        node.pid === null ? null : `pid ${node.pid}`,
        node.user,
        node.start,
        node.placeholder ? 'parent not in data' : null,
        node.subject ? `◀ ${of}` : null,
      ].filter((fact) => fact !== null);
      return `${glyphs(row)}${visibleText(processTitle(node))}  [${facts.map(visibleText).join(', ')}]`;
    })
    .join('\n');
}
