/** An alert as far as a suggestion looks at it. */
export interface JudgedAlert {
  /** Digest of rule and keys. */
  readonly id: string;
  /** A false positive; what must stay; what nobody has judged; what may go, though nobody asked for it. */
  readonly stand: 'noise' | 'kept' | 'open' | 'free';
  /** ISO 8601. */
  readonly raisedAt: string;
  /** What it is about, roughly: alerts of the same likeness look the same to a person. */
  readonly likeness: string;
  /** Values of the fields that the rule sees, where they have one. */
  readonly facts: ReadonlyMap<string, string>;
}

/** An alert that nobody has judged stays, unless it looks like a false positive. */
export function judgedByLikeness(alerts: readonly JudgedAlert[]): readonly JudgedAlert[] {
  const noisy = new Set(alerts.flatMap(({ stand, likeness }) => (stand === 'noise' ? [likeness] : [])));
  return alerts.map((alert) =>
    alert.stand === 'open' ? { ...alert, stand: noisy.has(alert.likeness) ? 'free' : 'kept' } : alert,
  );
}
