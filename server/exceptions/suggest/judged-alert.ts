import { commandShape } from '#shared/rarity/shape.ts';

/** An alert as far as a suggestion looks at it. */
export interface JudgedAlert {
  /** Digest of rule and keys. */
  readonly id: string;
  /** A false positive; what must stay; what nobody has judged; what may go, though nobody asked for it. */
  readonly stand: 'noise' | 'kept' | 'open' | 'free';
  /** Values of the fields that the rule sees, where they have one. */
  readonly facts: ReadonlyMap<string, string>;
}

export const COMMAND_LINE = 'process.command_line';
export const PARENT = 'process.parent.executable';

/** What an alert is about, roughly: the shape of its command and the parent, or all that is known where it has no command. */
export function likeness({ facts }: JudgedAlert): string {
  const commandLine = facts.get(COMMAND_LINE);
  const about = commandLine === undefined ? [...facts].sort() : [commandShape(commandLine), facts.get(PARENT) ?? null];
  return JSON.stringify(about);
}

/** An alert that nobody has judged stays, unless it looks like a false positive. */
export function withLikenesses(alerts: readonly JudgedAlert[]): readonly JudgedAlert[] {
  const noisy = new Set(alerts.filter(({ stand }) => stand === 'noise').map(likeness));
  return alerts.map((alert) =>
    alert.stand === 'open' ? { ...alert, stand: noisy.has(likeness(alert)) ? 'free' : 'kept' } : alert,
  );
}
