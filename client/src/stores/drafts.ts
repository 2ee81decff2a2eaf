/**
 * Text not yet kept by the server, held in this browser until it is: a failed save, a closed tab or a crash loses
 * nothing. Where storage is switched off, the page itself still holds the text.
 */
const PREFIX = 'oddspawn-draft:';

export function keepDraft(key: string, value: unknown): void {
  attempt(() => localStorage.setItem(PREFIX + key, JSON.stringify(value)));
}

export function forgetDraft(key: string): void {
  attempt(() => localStorage.removeItem(PREFIX + key));
}

/** What was kept, unvalidated; undefined where there is nothing readable. */
export function readDraft(key: string): unknown {
  return attempt(() => {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  });
}

function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
