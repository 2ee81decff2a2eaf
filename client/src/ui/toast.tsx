import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { problemOf } from '#client/format/problem.ts';
import { Button } from './button.tsx';
import classes from './toast.module.css';

const UNDO_MS = 10_000;
const NOTE_MS = 4_000;

export function showDone(message: ReactNode): void {
  notifications.show({ message, autoClose: NOTE_MS, withBorder: true });
}

export function showProblem(error: unknown): void {
  const { message, remedy } = problemOf(error);
  notifications.show({
    title: message,
    message: remedy ?? '',
    color: 'red',
    autoClose: NOTE_MS * 2,
    withBorder: true,
    role: 'alert',
  });
}

/** A message with a way back, for ten seconds. Returns how to close it early. */
export function showUndo(message: ReactNode, undo: () => void): () => void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    withBorder: true,
    message: (
      <span className={classes['undo']}>
        <span>{message}</span>
        <Button
          keys="$mod+z"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </span>
    ),
  });
  return () => notifications.hide(id);
}
