import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type AnswerOf, callEndpoint } from '#client/api/call.ts';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { problemOf } from '#client/format/problem.ts';
import { forgetDraft, keepDraft, readDraft } from '#client/stores/drafts.ts';
import type { Problem } from '#shared/api/endpoint.ts';
import { alertGuide, answerStep } from '#shared/api/guide.ts';
import type { StepState } from '#shared/guide/guide.ts';
import { draftOf, type StepDraft, sameDraft, stepDraftSchema } from './step-draft.ts';

const PAUSE_MS = 700;

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly problem: Problem };

function draftLeft(key: string): StepDraft | null {
  const left = stepDraftSchema.safeParse(readDraft(key));
  return left.success ? left.data : null;
}

/**
 * What is being written into one step, saved by itself when typing pauses. A save that fails, or meets someone else's
 * change, leaves the text where it is and in this browser's storage; the next save carries the newer version's number.
 */
export function useStepDraft(alertId: string, kept: StepState) {
  const client = useQueryClient();
  const key = `${alertId} ${kept.step}`;
  /** What differs from the server's state; null when nothing does. */
  const [edited, setEdited] = useState<StepDraft | null>(() => draftLeft(key));
  const [state, setState] = useState<SaveState>({ kind: edited === null ? 'saved' : 'waiting' });
  const latest = useRef(edited);
  /** The newest state that the server has told. */
  const told = useRef(kept);
  const version = useRef(kept.version);
  const running = useRef(false);
  /** Whether the finding is said to hold for what the data says now. */
  const confirms = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    version.current = Math.max(version.current, kept.version);
    if (kept.version >= told.current.version) told.current = kept;
    // What was sent stays on the screen until the query has it: no flash of what stood there before.
    if (latest.current === null && kept.version >= version.current) setEdited(null);
  }, [kept]);

  const adopt = useCallback(
    (answer: StepState) =>
      client.setQueryData<AnswerOf<typeof alertGuide>>(
        endpointQuery(alertGuide, { params: { id: alertId } }).queryKey,
        (now) => now && { ...now, states: [...now.states.filter(({ step }) => step !== answer.step), answer] },
      ),
    [client, alertId],
  );

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (running.current) return;
    running.current = true;
    try {
      for (let sent = latest.current; sent !== null; sent = latest.current) {
        setState({ kind: 'saving' });
        const answer = await callEndpoint(answerStep, {
          params: { id: alertId, step: kept.step },
          body: { ...sent, version: version.current, confirm: confirms.current },
        });
        version.current = answer.version;
        told.current = answer;
        confirms.current = false;
        adopt(answer);
        // Otherwise typing went on meanwhile: once more.
        if (latest.current !== null && sameDraft(sent, latest.current)) latest.current = null;
      }
      forgetDraft(key);
      setState({ kind: 'saved' });
    } catch (error) {
      setState({ kind: 'failed', problem: problemOf(error) });
    } finally {
      running.current = false;
      // Progress and suggestion follow from the answers; after a conflict it brings what the other one wrote.
      void client.invalidateQueries({ queryKey: [alertGuide.path] });
    }
  }, [alertId, kept.step, key, adopt, client]);

  const change = (next: Partial<StepDraft>, when: 'once' | 'pause'): void => {
    latest.current = { ...(latest.current ?? draftOf(told.current)), ...next };
    setEdited(latest.current);
    keepDraft(key, latest.current);
    setState({ kind: 'waiting' });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), when === 'once' ? 0 : PAUSE_MS);
  };

  // What an earlier visit left unsaved goes out again; what is unsaved when the step is left goes out at once.
  useEffect(() => {
    if (latest.current !== null) timer.current = setTimeout(() => void save(), 0);
    return () => {
      if (latest.current !== null) void save();
    };
  }, [save]);

  const confirm = (): void => {
    confirms.current = true;
    change({}, 'once');
  };
  return { draft: edited ?? draftOf(kept), state, change, confirm, save: () => void save() };
}
