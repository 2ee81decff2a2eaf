import { formatInstant, type Instant } from '../base/time.ts';
import { commandShape } from '../rarity/shape.ts';
import { type Life, type LifeIndex, livesOf } from './lives.ts';
import type { ProcessNode, ProcessTree } from './process.ts';
import { isImage, type ProcessEvent } from './process-event.ts';

export interface TreeContext {
  /** Public ids of the events in question. */
  readonly subject: ReadonlySet<string>;
  readonly alertsByEvent: ReadonlyMap<string, ProcessNode['alerts']>;
  readonly prevalence: (parentName: string, name: string) => ProcessNode['prevalence'];
  readonly truncated: boolean;
}

type DraftNode = ProcessNode & { readonly startedAt: Instant };

/**
 * The forest of the processes that these events tell of: one node a life, parents that only their children name as
 * placeholders, depth first, children by start. Never fails on odd input: cycles that broken records would make are cut.
 */
export function buildTree(events: readonly ProcessEvent[], context: TreeContext): ProcessTree {
  const index = livesOf(events);
  const nodes = new Map<string, DraftNode>();
  for (const life of index.lives) addLife(nodes, index, life, context);
  const children = childrenOf(nodes);
  const roots = [...nodes.values()].filter((node) => node.parent === null).sort(byStart);
  const ordered = depthFirst(roots, children);
  return { nodes: ordered, roots: roots.map((root) => root.id), truncated: context.truncated };
}

function addLife(nodes: Map<string, DraftNode>, index: LifeIndex, life: Life, context: TreeContext): void {
  const parentLife = findParent(index, life);
  const parent = parentLife ? parentLife.key : addUnseenParent(nodes, life);
  const node = nodeOf(life, createsCycle(nodes, life.key, parent) ? null : parent, context);
  const parentName = life.birthParent.name ?? (parentLife && lastOf(parentLife, (event) => event.name));
  const prevalence = parentName && node.name ? context.prevalence(parentName, node.name) : null;
  nodes.set(life.key, { ...node, prevalence });
}

function findParent(index: LifeIndex, life: Life): Life | undefined {
  const { entityId, pid } = life.birthParent;
  const named = index.byEntityId(life.host, entityId);
  if (named && named !== life) return named;
  // The sensor names a parent of that pid which is none of those in the data: another life of a reused pid.
  if (entityId !== null && index.namesEntitiesOf(life.host, pid)) return undefined;
  const open = index.openAt(life.host, pid, life.start);
  return open === life ? undefined : open;
}

/** The node for a parent known only by name; null where the record names none. */
function addUnseenParent(nodes: Map<string, DraftNode>, life: Life): string | null {
  const { birthParent: parent, host } = life;
  if (parent.entityId === null && parent.pid === null) return null;
  const key = `unseen:${parent.entityId ?? `${host ?? ''}/${parent.pid}`}`;
  if (!nodes.has(key)) {
    nodes.set(key, {
      ...EMPTY,
      id: key,
      host: lastOf(life, (event) => event.hostName) ?? host,
      pid: parent.pid,
      entityId: parent.entityId,
      name: parent.name,
      executable: parent.executable,
      commandLine: parent.commandLine,
      commandShape: parent.commandLine && commandShape(parent.commandLine),
      start: parent.start === null ? null : formatInstant(parent.start),
      placeholder: true,
      startedAt: parent.start ?? life.start,
    });
  }
  return key;
}

const EMPTY: DraftNode = {
  id: '',
  parent: null,
  host: null,
  pid: null,
  entityId: null,
  name: null,
  executable: null,
  commandLine: null,
  commandShape: null,
  workingDirectory: null,
  user: null,
  start: null,
  end: null,
  exitCode: null,
  images: [],
  events: [],
  placeholder: false,
  forkOnly: false,
  alerts: [],
  subject: false,
  prevalence: null,
  hiddenChildren: 0,
  startedAt: 0,
};

function nodeOf(life: Life, parent: string | null, context: TreeContext): DraftNode {
  const commandLine = lastOf(life, (event) => event.commandLine);
  return {
    ...EMPTY,
    id: life.key,
    parent,
    host: lastOf(life, (event) => event.hostName) ?? life.host,
    pid: life.pid,
    entityId: life.events.findLast((event) => event.entityId !== null)?.entityId ?? null,
    name: lastOf(life, (event) => event.name),
    executable: lastOf(life, (event) => event.executable),
    commandLine,
    commandShape: commandLine === null ? null : commandShape(commandLine),
    workingDirectory: lastOf(life, (event) => event.workingDirectory),
    user: lastOf(life, (event) => event.user),
    start: formatInstant(life.start),
    end: life.end === null ? null : formatInstant(life.end),
    exitCode: lastOf(life, (event) => event.exitCode),
    images: imagesOf(life),
    events: life.events.map((event) => event.id),
    forkOnly: !life.events.some(isImage),
    alerts: alertsOf(life, context),
    subject: life.events.some((event) => context.subject.has(event.id)),
    startedAt: life.start,
  };
}

function alertsOf(life: Life, context: TreeContext): ProcessNode['alerts'] {
  const alerts = life.events.flatMap((event) => context.alertsByEvent.get(event.id) ?? []);
  return [...new Map(alerts.map((alert) => [alert.id, alert])).values()];
}

const imagesOf = (life: Life): ProcessNode['images'] =>
  life.events.filter(isImage).map((event) => ({
    at: formatInstant(event.at),
    executable: event.executable,
    name: event.name,
    commandLine: event.commandLine,
    event: event.id,
  }));

/** What the life says of itself last; exec replaces what fork inherited. */
function lastOf<Detail>(life: Life, detail: (event: ProcessEvent) => Detail | null): Detail | null {
  for (const event of [...life.events].reverse()) {
    const found = detail(event);
    if (found !== null) return found;
  }
  return null;
}

function createsCycle(nodes: ReadonlyMap<string, DraftNode>, child: string, parent: string | null): boolean {
  for (let at = parent, steps = 0; at !== null; at = nodes.get(at)?.parent ?? null, steps++) {
    if (at === child || steps > nodes.size) return true;
  }
  return false;
}

const byStart = (left: DraftNode, right: DraftNode): number =>
  left.startedAt - right.startedAt || (left.id < right.id ? -1 : 1);

function childrenOf(nodes: ReadonlyMap<string, DraftNode>): Map<string, DraftNode[]> {
  const children = new Map<string, DraftNode[]>();
  for (const node of nodes.values()) {
    if (node.parent === null) continue;
    const siblings = children.get(node.parent);
    if (siblings) siblings.push(node);
    else children.set(node.parent, [node]);
  }
  for (const siblings of children.values()) siblings.sort(byStart);
  return children;
}

function depthFirst(roots: readonly DraftNode[], children: ReadonlyMap<string, readonly DraftNode[]>): ProcessNode[] {
  const ordered: ProcessNode[] = [];
  const waiting = [...roots].reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { startedAt: _, ...node } = next;
    ordered.push(node);
    waiting.push(...[...(children.get(node.id) ?? [])].reverse());
  }
  return ordered;
}
