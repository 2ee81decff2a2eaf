import type { ReactNode } from 'react';
import { create } from 'zustand';
import { Button } from './button.tsx';
import { ButtonRow } from './button-row.tsx';
import classes from './confirm.module.css';
import { Dialog } from './overlays.tsx';

interface Question {
  readonly title: string;
  readonly text: ReactNode;
  readonly action: string;
  readonly onConfirm: () => void;
}

const useQuestion = create<{ readonly question: Question | null }>(() => ({ question: null }));
const put = (question: Question | null): void => useQuestion.setState({ question });

/** Asks before something that cannot be undone. */
export const confirm = (question: Question): void => put(question);

/** Where `confirm` asks. Mounted once. */
export function Confirmation() {
  const question = useQuestion((store) => store.question);
  return (
    <Dialog title={question?.title ?? ''} open={question !== null} onClose={() => put(null)}>
      <div className={classes['text']}>{question?.text}</div>
      <ButtonRow>
        <Button onClick={() => put(null)}>Cancel</Button>
        <Button
          look="danger"
          onClick={() => {
            put(null);
            question?.onConfirm();
          }}
        >
          {question?.action}
        </Button>
      </ButtonRow>
    </Dialog>
  );
}
