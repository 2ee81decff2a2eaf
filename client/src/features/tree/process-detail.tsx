import { Link } from '@tanstack/react-router';
import { visibleText } from '#client/format/hostile.ts';
import { CopyButton } from '#client/ui/copy-button.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import type { TreeIndex } from '#shared/tree/layout.ts';
import type { ProcessNode } from '#shared/tree/process.ts';
import { processTitle } from '#shared/tree/tree-text.ts';
import classes from './tree.module.css';

/** The focused process: the way to it, its command line in full, the images it ran before. */
export function ProcessDetail({
  node,
  index,
  onJump,
}: {
  readonly node: ProcessNode;
  readonly index: TreeIndex;
  readonly onJump: (id: string) => void;
}) {
  const title = processTitle(node);
  /** The last image is what the process came to be. */
  const event = node.images.at(-1)?.event ?? node.events[0];
  const entries = exceptionEntries(node, index);
  return (
    <aside className={classes['detail']} aria-label="Process under the cursor">
      <nav aria-label="Ancestors" className={classes['crumbs']}>
        {ancestors(node, index).map((ancestor) => (
          <button key={ancestor.id} type="button" onClick={() => onJump(ancestor.id)}>
            {visibleText(ancestor.name ?? processTitle(ancestor)).slice(0, 40)}
          </button>
        ))}
        <b>{visibleText(node.name ?? title).slice(0, 40)}</b>
      </nav>
      <div className={classes['full']}>
        <code>
          <Hostile text={title} />
        </code>
        <CopyButton text={title} label="Copy the command line" />
      </div>
      <p className={classes['facts']}>
        {node.workingDirectory ? (
          <span>
            in{' '}
            <code>
              <Hostile text={node.workingDirectory} />
            </code>
          </span>
        ) : null}
        {node.executable ? (
          <span>
            image{' '}
            <code>
              <Hostile text={node.executable} />
            </code>
          </span>
        ) : null}
        {node.host ? <span>host {visibleText(node.host)}</span> : null}
        {event === undefined ? null : (
          <Link to="/explain" search={{ event }}>
            Why did this not alert?
          </Link>
        )}
        {entries.length > 0 ? (
          <Link to="/exceptions" search={{ edit: 'new', entries: JSON.stringify(entries) }}>
            Make this an exception
          </Link>
        ) : null}
        {node.alerts.map((alert) => (
          <Link key={alert.id} to="/alerts/$id" params={{ id: alert.id }}>
            {alert.ruleName}
          </Link>
        ))}
      </p>
      {node.images.length > 1 ? (
        <ol className={classes['images']}>
          {node.images.map((image) => (
            <li key={image.event}>
              <TimeText iso={image.at} />{' '}
              <code>
                <Hostile text={image.commandLine ?? image.executable ?? image.name ?? ''} />
              </code>
            </li>
          ))}
        </ol>
      ) : null}
    </aside>
  );
}

/** The narrowest that a process says of itself: its command, where it ran, and under what. */
function exceptionEntries(node: ProcessNode, index: TreeIndex): readonly ExceptionEntry[] {
  const facts = {
    'process.command_line': node.commandLine,
    'process.executable': node.commandLine === null ? node.executable : null,
    'process.working_directory': node.workingDirectory,
    'process.parent.executable': index.nodes.get(node.parent ?? '')?.executable ?? null,
  };
  return Object.entries(facts).flatMap(([field, value]): ExceptionEntry[] =>
    value ? [{ type: 'match', field, operator: 'included', value }] : [],
  );
}

function ancestors(node: ProcessNode, index: TreeIndex): readonly ProcessNode[] {
  const chain: ProcessNode[] = [];
  for (let at = index.nodes.get(node.parent ?? ''); at; at = index.nodes.get(at.parent ?? '')) {
    if (chain.includes(at)) break;
    chain.unshift(at);
  }
  return chain;
}
