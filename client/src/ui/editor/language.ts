import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Completion, Proposal, WantedValues } from '#shared/lang/completion.ts';

export type QueryLanguage = 'kql' | 'esql';

export const LANGUAGE_NAMES: Readonly<Record<QueryLanguage, string>> = { kql: 'KQL', esql: 'ES|QL' };

/** Which fields a query may name: those that the events have, or any. */
export type Fields = 'stored' | 'any';

/** A value seen in the data, and in how many events. */
export interface SeenValue {
  readonly value: string;
  readonly count: number;
}

/** Looks values up; rejects when the signal aborts. */
export type ValueLookup = (wanted: WantedValues, signal: AbortSignal) => Promise<readonly SeenValue[]>;

/** What an editor asks of a language. */
export interface LanguageService {
  readonly diagnose: (text: string) => readonly Diagnostic[];
  readonly complete: (text: string, at: number) => Completion | null;
  readonly proposeValue: (wanted: WantedValues, seen: SeenValue) => Proposal;
}
