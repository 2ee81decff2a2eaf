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

const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));
let latest = 0;

function show(toast: Omit<Toast, 'id'>): void {
  latest += 1;
  const id = latest;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { ...toast, id }] }));
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

/** A message with a way back, for ten seconds: by its button, or with `takeBackLast`. */
export const showUndo = (message: ReactNode, undo: TakeBack): void =>
  show({ message, undo, isProblem: false, ms: UNDO_MS });

/** Takes back the newest change that still can be, of however many there are. */
export function takeBackLast(): void {
  const last = useToasts.getState().toasts.findLast(({ undo }) => undo !== undefined);
  if (last?.undo) takeBack(last.id, last.undo);
  else showDone('Nothing to take back');
}

function takeBack(id: number, undo: TakeBack): void {
  hide(id);
  undo().then((said) => showDone(typeof said === 'string' ? said : 'Taken back'), showProblem);
}

/** Messages of the last seconds, read out as they come. Mounted once. */
export function Toaster() {
  const toasts = useToasts((store) => store.toasts);
  return (
    <div className={classes['toaster']} role="status" aria-label="Messages">
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
        <Button keys="$mod+z" onClick={() => takeBack(id, undo)}>
          Undo
        </Button>
      ) : null}
      <IconButton label="Close the message" icon={IconX} onClick={() => hide(id)} />
    </div>
  );
}
