import { type Instant, parseInstant } from '#shared/base/time.ts';
import { HttpRefusal } from './problem.ts';

/** An ISO 8601 time of a request; undefined where it is absent. */
export function instantParam(path: string, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  throw new HttpRefusal(400, {
    code: 'invalid-request',
    message: 'A time must be ISO 8601.',
    details: [{ path, message: 'not a time' }],
  });
}
