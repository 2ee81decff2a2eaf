import { Button } from '#client/ui/button.tsx';
import classes from './guide.module.css';
import type { SaveState } from './use-step-draft.ts';

/** Whether what is written has been kept; when not, why, and a way to try again. */
export function SaveLine({ state, onRetry }: { readonly state: SaveState; readonly onRetry: () => void }) {
  if (state.kind !== 'failed') {
    return (
      <span className="dim" role="status">
        {{ saved: 'Saved', waiting: 'Not saved yet', saving: 'Saving' }[state.kind]}
      </span>
    );
  }
  return (
    <span className={classes['failed']} role="alert">
      Not saved: {state.problem.message} Your text is kept here.{' '}
      <Button onClick={onRetry}>{state.problem.code === 'conflict' ? 'Save mine' : 'Save again'}</Button>
    </span>
  );
}
