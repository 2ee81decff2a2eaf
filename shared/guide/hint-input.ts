import type { EventValues } from './event-values.ts';
import type { Hint } from './hint.ts';

/** What hints look at: an alert's events, and numbers from the whole store. */
export interface HintInput {
  /** By time. */
  readonly events: readonly EventValues[];
  readonly prevalence: Prevalence | null;
  /** See `Alert.historyCovered`. */
  readonly historyCovered: number | null;
}

export interface Prevalence {
  /** Hosts in the store that ran the alert's command line, of all hosts. */
  readonly commandHosts: number;
  readonly totalHosts: number;
  readonly commandEvents: number;
  /** ISO 8601. */
  readonly commandFirstSeen: string | null;
}

export type HintFunction = (input: HintInput) => readonly Hint[];

export const suspicious = (reason: string): Hint => ({ leaning: 'suspicious', reason });
export const expected = (reason: string): Hint => ({ leaning: 'expected', reason });
export const neutral = (reason: string): Hint => ({ leaning: 'neutral', reason });

const LONGEST = 160;

/** A value as a reason names it: in quotation marks, on one line, cut where it is long. */
export function cite(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  const characters = [...line.slice(0, 2 * LONGEST)];
  return `“${characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : line}”`;
}
