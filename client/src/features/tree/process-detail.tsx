import { Link } from '@tanstack/react-router';
import { visibleText } from '#client/format/hostile.ts';
import { CopyButton } from '#client/ui/copy-button.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
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

function ancestors(node: ProcessNode, index: TreeIndex): readonly ProcessNode[] {
  const chain: ProcessNode[] = [];
  for (let at = index.nodes.get(node.parent ?? ''); at; at = index.nodes.get(at.parent ?? '')) {
    if (chain.includes(at)) break;
    chain.unshift(at);
  }
  return chain;
}
