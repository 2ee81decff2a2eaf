/** How a sender behaves, as far as it matters for how it is answered. */
export interface Sender {
  /** Product and version, without what is in brackets; `unknown` where it does not say. */
  readonly name: string;
  /**
   * How a bulk is refused that may be sent again: by HTTP status; by one of 503, which the clients for Go send again unless they are
   * told otherwise, and one of 429 not; by a 200 whose items all say 429, for clients that lose what any status refuses; or by
   * no answer at all, for rsyslog. It loses what a status refuses, too, and puts what items refuse behind all that
   * waits in its queue, where it waits for itself once that is full.
   */
  readonly refusal: 'status' | 'unavailable' | 'items' | 'hang-up';
  /** Sends a bulk again and again unless one of its items was taken. */
  readonly repeatsUnlessTaken: boolean;
}

const LONGEST = 80;

/** Reads the `User-Agent` header; rsyslog sends none. */
export function senderOf(userAgent: string | undefined): Sender {
  const name = (userAgent ?? '')
    .replace(/\s*\(.*$/s, '')
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, LONGEST)
    .trim();
  return {
    name: name || 'unknown',
    refusal: userAgent ? refusalOf(name) : 'hang-up',
    repeatsUnlessTaken: /^Fluent-Bit\b/i.test(name),
  };
}

function refusalOf(name: string): Sender['refusal'] {
  if (/^(elasticsearch-js|opensearch-js|elastic-java)\b/i.test(name)) return 'items';
  return /^(go-elasticsearch|opensearch-go)\b/i.test(name) ? 'unavailable' : 'status';
}
