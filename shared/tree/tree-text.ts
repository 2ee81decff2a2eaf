import { visibleText } from '../base/hostile.ts';
import { isRareEdge } from './layout.ts';
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

/** A row in one line, without its facts. Event text as it came. */
export const titleOf = ({ item }: TreeRow): string =>
  item.kind === 'fold' ? `${item.shape} ×${item.nodes.length}` : processTitle(item.node);

/** What else a line of text tells of a row. Event text as it came. */
export function factsOf({ item }: TreeRow, of: TreeSubject): readonly string[] {
  if (item.kind === 'fold') return [];
  const { node } = item;
  const { prevalence } = node;
  return [
    node.pid === null ? null : `pid ${node.pid}`,
    node.user,
    node.start,
    node.end === null ? null : `ended ${node.end}`,
    node.exitCode === null ? null : `exit ${node.exitCode}`,
    prevalence && isRareEdge(node) ? `started so on ${prevalence.hosts} of ${prevalence.ofHosts} hosts, rare` : null,
    node.placeholder ? 'parent not in data' : null,
    node.alerts.length > 0 && !node.subject ? 'another alert' : null,
    node.subject ? `◀ ${of}` : null,
  ].filter((fact) => fact !== null);
}

/** The rows as text, for reports. Everything hostile is spelled out. */
export const treeAsText = (rows: readonly TreeRow[], of: TreeSubject = 'alert'): string =>
  rows
    .map((row) => {
      const facts = factsOf(row, of).map(visibleText);
      return `${glyphs(row)}${visibleText(titleOf(row))}${facts.length > 0 ? `  [${facts.join(', ')}]` : ''}`;
    })
    .join('\n');
