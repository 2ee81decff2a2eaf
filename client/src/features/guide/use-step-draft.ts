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

/**
 * What is being written into one step, saved by itself when typing pauses. A save that fails, or meets someone else's
 * change, leaves the text where it is and in this browser's storage; the next save carries the newer version's number.
 */
export function useStepDraft(alertId: string, kept: StepState) {
  const client = useQueryClient();
  const key = `${alertId} ${kept.step}`;
  const [draft, setDraft] = useState<StepDraft>(() => {
    const left = stepDraftSchema.safeParse(readDraft(key));
    return left.success ? left.data : draftOf(kept);
  });
  const [state, setState] = useState<SaveState>({ kind: 'saved' });
  const latest = useRef(draft);
  const version = useRef(kept.version);
  const running = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
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
    const sent = latest.current;
    setState({ kind: 'saving' });
    try {
      const answer = await callEndpoint(answerStep, {
        params: { id: alertId, step: kept.step },
        body: { ...sent, version: version.current },
      });
      version.current = answer.version;
      adopt(answer);
      running.current = false;
      if (!sameDraft(sent, latest.current)) return await save();
      forgetDraft(key);
      setState({ kind: 'saved' });
      void client.invalidateQueries({ queryKey: [alertGuide.path] });
    } catch (error) {
      running.current = false;
      setState({ kind: 'failed', problem: problemOf(error) });
      // Someone else's change: read it, so that saving again replaces it knowingly.
      if (problemOf(error).code === 'conflict') void client.invalidateQueries({ queryKey: [alertGuide.path] });
    }
  }, [alertId, kept.step, key, adopt, client]);

  const change = (next: Partial<StepDraft>, at: 'once' | 'pause'): void => {
    latest.current = { ...latest.current, ...next };
    setDraft(latest.current);
    keepDraft(key, latest.current);
    setState({ kind: 'waiting' });
    clearTimeout(timer.current);
    if (at === 'once') void save();
    else timer.current = setTimeout(() => void save(), PAUSE_MS);
  };

  // Text left behind by an earlier failure goes out again; a change by others shows unless something is unsaved here.
  useEffect(() => {
    version.current = Math.max(version.current, kept.version);
    if (readDraft(key) === undefined && !running.current) {
      latest.current = draftOf(kept);
      setDraft(latest.current);
    }
  }, [kept, key]);
  useEffect(() => {
    if (readDraft(key) !== undefined) void save();
    return () => {
      if (readDraft(key) !== undefined) void save();
    };
  }, [key, save]);

  return { draft, state, change, save: () => void save() };
}
