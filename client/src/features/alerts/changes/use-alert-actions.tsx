import { type ReactNode, useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { forgetDraft } from '#client/stores/drafts.ts';
import { useListKeys } from '#client/stores/shortcuts/use-list-keys.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import type { Verdict } from '#shared/alert/alert.ts';
import type { AlertChange } from '#shared/api/alert-changes.ts';
import { getStatus } from '#shared/api/status.ts';
import { CloseDialog } from './close-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { TagDialog } from './tag-dialog.tsx';

/** What can be done to the alerts in question, by button and by key alike. */
export interface AlertActions {
  readonly close: () => void;
  readonly closeAs: (verdict: Verdict) => void;
  readonly acknowledge: () => void;
  readonly reopen: () => void;
  readonly assignToMe: () => void;
  readonly note: () => void;
  readonly tag: () => void;
}

interface Board {
  readonly target: { readonly ids: readonly string[] } | object | null;
  /** Changes the alerts in question; says whether the server has taken it. */
  readonly apply: (change: AlertChange, ended?: (taken: boolean) => void) => void;
  readonly move?: (by: number) => void;
  readonly toggle?: (range: boolean) => void;
  readonly open?: () => void;
  readonly escape?: () => void;
  readonly focusFilter?: () => void;
  readonly cellMenu?: () => void;
}

type Asking = 'close' | 'note' | 'tag';

/** Binds the actions to their keys and holds the dialogs that some of them ask with. */
export function useAlertActions(board: Board): AlertActions & { readonly dialogs: ReactNode } {
  const [dialog, setDialog] = useState<Asking | null>(null);
  const status = useEndpoint(getStatus, {});
  const me = status.data?.actor ?? null;
  const ready = board.target !== null;
  const ask = (which: Asking) => (): void => {
    if (ready) setDialog(which);
  };
  const subject = onlyOne(board.target) ?? 'several';
  const draft = `note ${subject}`;
  const tagDraft = `tags ${subject}`;
  /** What was written is forgotten once the server has it; a failure asks again, with the text. */
  const save = (which: Asking, change: AlertChange): void => {
    setDialog(null);
    board.apply(change, (taken) => {
      if (taken) forgetDraft(which === 'tag' ? tagDraft : draft);
      else setDialog(which);
    });
  };
  const actions: AlertActions = {
    close: ask('close'),
    note: ask('note'),
    tag: ask('tag'),
    closeAs: (verdict) => board.apply({ status: 'closed', verdict }),
    acknowledge: () => board.apply({ status: 'acknowledged' }),
    reopen: () => board.apply({ status: 'open', verdict: null }),
    assignToMe: () => {
      if (me !== null) board.apply({ assignee: me });
    },
  };
  useShortcuts([
    { keys: 'c', label: 'Close with a verdict', group: 'Act', run: actions.close },
    { keys: 'b', label: 'Close as benign', group: 'Act', run: () => actions.closeAs('benign') },
    { keys: 'f', label: 'Close as false positive', group: 'Act', run: () => actions.closeAs('false-positive') },
    { keys: 'v', label: 'Acknowledge', group: 'Act', run: actions.acknowledge },
    { keys: 'i', label: 'Assign to me', group: 'Act', run: actions.assignToMe },
    { keys: 'n', label: 'Add a note', group: 'Act', run: actions.note },
    { keys: 't', label: 'Add or remove tags', group: 'Act', run: actions.tag },
    { keys: 'r', label: 'Reopen', group: 'Act', run: actions.reopen },
  ]);
  const inList = board.move !== undefined;
  useListKeys('alert', { move: (by) => board.move?.(by), open: () => board.open?.() }, inList);
  useShortcuts(
    [
      { keys: 'x', label: 'Select', group: 'Move', run: () => board.toggle?.(false) },
      { keys: 'Shift+x', label: 'Select up to here', group: 'Move', run: () => board.toggle?.(true) },
      { keys: 'Escape', label: 'Clear the selection, close the alert', group: 'Move', run: () => board.escape?.() },
      {
        keys: 'm',
        label: 'Only, without, stack or copy the value of a cell',
        group: 'View',
        run: () => board.cellMenu?.(),
      },
      { keys: '/', label: 'Filter by text', group: 'View', run: () => board.focusFilter?.() },
    ],
    inList,
  );
  const dialogs = (
    <>
      <CloseDialog
        open={dialog === 'close'}
        alert={onlyOne(board.target)}
        draft={draft}
        onCancel={() => setDialog(null)}
        onClose={(verdict, note) => save('close', { status: 'closed', verdict, ...(note === '' ? {} : { note }) })}
      />
      <TagDialog
        open={dialog === 'tag'}
        onCancel={() => setDialog(null)}
        draft={tagDraft}
        onSave={(change) => save('tag', change)}
      />
      <NoteDialog
        open={dialog === 'note'}
        draft={draft}
        onCancel={() => setDialog(null)}
        onSave={(note) => save('note', { note })}
      />
    </>
  );
  return { ...actions, dialogs };
}

/** The alert in question where it is one. */
function onlyOne(target: Board['target']): string | null {
  if (target === null || !('ids' in target) || target.ids.length !== 1) return null;
  return target.ids[0] ?? null;
}
