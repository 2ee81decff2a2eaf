import type { Verdict } from '#shared/alert/alert.ts';
import type { Finding, Guide, GuideStep, StepState } from './guide.ts';

export interface Suggestion {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * The verdict that the answers so far point to; null while they point nowhere. A proposal for a person to judge: a benign
 * explanation never outweighs a suspicious answer, and an answer that later data contradicts counts as none.
 */
export function suggestVerdict(guide: Guide, states: readonly StepState[]): Suggestion | null {
  const standing = states.filter(({ changes }) => changes.length === 0);
  const findings = new Map(standing.map((state) => [state.step, state.finding]));
  const withFinding = (kind: GuideStep['kind'], finding: Finding) =>
    guide.steps.filter((step) => step.kind === kind && findings.get(step.id) === finding);
  const suspicious = withFinding('investigate', 'suspicious');
  const explained = withFinding('false-positive', 'expected');
  const investigate = guide.steps.filter((step) => step.kind === 'investigate');
  const complete = investigate.length > 0 && investigate.every((step) => (findings.get(step.id) ?? null) !== null);

  if (suspicious.length > 0 && explained.length > 0) {
    return {
      verdict: 'inconclusive',
      reason: `${titles(explained)} would explain it, but ${titles(suspicious)} is suspicious: settle which holds.`,
    };
  }
  if (explained.length > 0)
    return { verdict: 'benign', reason: `${titles(explained)} explains it; nothing suspicious was found.` };
  if (suspicious.length >= 2 || (suspicious.length === 1 && complete)) {
    return {
      verdict: 'true-positive-impact',
      reason: `Suspicious: ${titles(suspicious)}. If it was blocked or failed, choose “no impact”.`,
    };
  }
  if (!complete || suspicious.length > 0) return null;
  const unknown = withFinding('investigate', 'unknown');
  if (unknown.length > 0) return { verdict: 'inconclusive', reason: `No answer was found to ${titles(unknown)}.` };
  const expected = withFinding('investigate', 'expected');
  return expected.length > 0
    ? { verdict: 'benign', reason: `All ${investigate.length} questions are answered, and nothing was out of place.` }
    : null;
}

const titles = (steps: readonly GuideStep[]): string => steps.map((step) => `“${step.title}”`).join(', ');
