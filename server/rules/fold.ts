import type { AlertDraft } from '#shared/alert/draft.ts';
import { keysId, occurrenceId } from './identity.ts';

/** What is known of earlier alerts of the rule. */
export interface KnownAlerts {
  /** Whether an alert, open or closed, already has this occurrence. */
  hasOccurrence(id: string): boolean;
  /** The alert of these keys (`keysId`) that is not closed, or null. */
  openAlert(keys: string): string | null;
}

/** What a draft comes to: a new alert, or another occurrence of one that is open. */
export interface Folding {
  readonly kind: 'raise' | 'recur';
  /** The alert's id: that of its first occurrence. */
  readonly alert: string;
  /** `keysId` of the draft. */
  readonly keys: string;
  readonly occurrence: string;
  readonly draft: AlertDraft;
}

/**
 * Turns drafts of one rule, in the order of their runs, into alerts. The same keys in another window join the open alert;
 * an occurrence known already, as overlapping runs report it, adds nothing.
 */
export function foldDrafts(drafts: readonly AlertDraft[], known: KnownAlerts = NOTHING_KNOWN): readonly Folding[] {
  const seen = new Set<string>();
  const open = new Map<string, string>();
  return drafts.flatMap((draft) => {
    const occurrence = occurrenceId(draft);
    if (seen.has(occurrence) || known.hasOccurrence(occurrence)) return [];
    seen.add(occurrence);
    const keys = keysId(draft);
    const joined = open.get(keys) ?? known.openAlert(keys);
    const alert = joined ?? occurrence;
    open.set(keys, alert);
    return [{ kind: joined === null ? 'raise' : 'recur', alert, keys, occurrence, draft }];
  });
}

const NOTHING_KNOWN: KnownAlerts = { hasOccurrence: () => false, openAlert: () => null };
