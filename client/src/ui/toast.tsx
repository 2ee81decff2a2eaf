import { type ReactNode, useEffect, useState } from 'react';
import { create } from 'zustand';
import { problemOf } from '#client/format/problem.ts';
import { Button, IconButton } from './button.tsx';
import { IconX } from './icons.ts';
import classes from './toast.module.css';

const UNDO_MS = 10_000;
const NOTE_MS = 4_000;

/** Takes a change back; may say in words how far that went. */
type TakeBack = () => Promise<unknown>;

interface Toast {
  readonly id: number;
  readonly title?: string;
  readonly message: ReactNode;
  readonly isProblem: boolean;
  readonly undo?: TakeBack;
  readonly ms: number;
}

const useToasts = create<{ readonly toasts: readonly Toast[]; readonly isLifted: boolean }>(() => ({
  toasts: [],
  isLifted: false,
}));
let latest = 0;

interface Change {
  readonly id: number;
  readonly undo: TakeBack;
}

/** What can be taken back, the newest last. */
let changes: readonly Change[] = [];
const MOST_CHANGES = 20;

function show(toast: Omit<Toast, 'id'>): number {
  latest += 1;
  const id = latest;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { ...toast, id }] }));
  return id;
}

const hide = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

export function showDone(message: ReactNode): void {
  show({ message, isProblem: false, ms: NOTE_MS });
}

export function showProblem(error: unknown): void {
  const { message, remedy } = problemOf(error);
  show({ title: message, message: remedy, isProblem: true, ms: NOTE_MS * 2 });
}

/** A message with a way back: by its button for ten seconds, and with `takeBackLast`. */
export function showUndo(message: ReactNode, undo: TakeBack): void {
  const id = show({ message, undo, isProblem: false, ms: UNDO_MS });
  changes = [...changes, { id, undo }].slice(-MOST_CHANGES);
}

/** Takes back the newest change that has not been; again: the one before. */
export function takeBackLast(): void {
  const last = changes.at(-1);
  if (last) takeBack(last);
  else showDone('Nothing to take back');
}

function takeBack({ id, undo }: Change): void {
  hide(id);
  changes = changes.filter((change) => change.id !== id);
  undo().then((said) => showDone(typeof said === 'string' ? said : 'Taken back'), showProblem);
}

/** Messages stand higher while the component that calls this floats at their place. */
export function useToastsAbove(): void {
  useEffect(() => {
    useToasts.setState({ isLifted: true });
    return () => useToasts.setState({ isLifted: false });
  }, []);
}

/** Messages of the last seconds, read out as they come. Mounted once. */
export function Toaster() {
  const { toasts, isLifted } = useToasts();
  return (
    <div className={classes['toaster']} data-lifted={isLifted} role="status" aria-label="Messages">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} {...toast} />
      ))}
    </div>
  );
}

function ToastCard({ id, title, message, isProblem, undo, ms }: Toast) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => hide(id), ms);
    return () => clearTimeout(timer);
  }, [id, ms, isHeld]);
  return (
    <div
      className={classes['toast']}
      data-problem={isProblem}
      {...(isProblem ? { role: 'alert' } : {})}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <div>
        {title ? <strong>{title}</strong> : null}
        {message ? <div>{message}</div> : null}
      </div>
      {undo ? (
        <Button keys="$mod+z" onClick={() => takeBack({ id, undo })}>
          Undo
        </Button>
      ) : null}
      <IconButton label="Close the message" icon={IconX} onClick={() => hide(id)} />
    </div>
  );
}
