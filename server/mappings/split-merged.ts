import { at, parseObject } from './json.ts';
import { memberText } from './member-text.ts';

/** A list of at least two actions somewhere in the text: all others need not be parsed. */
const SEVERAL = /"(?:event\.)?action"\s*:\s*\[[^\]]*,/;

export const looksMerged = (text: string): boolean => SEVERAL.test(text);

/**
 * A document that tells several actions of a process at once (`event.action: [fork, exec, end]`, Elastic Defend 8.18 and
 * later) as one document an action, in its order; null for any other. The first keeps the id, the others have it with their
 * ordinal behind, `ID#2`, so that each is stored once however often the document is sent. `event.type` is `end` for an end and
 * what remains for the others. Everything else stays in each, letter for letter.
 */
export function splitMerged(text: string): readonly string[] | null {
  if (!looksMerged(text)) return null;
  const parsed = parseObject(text);
  if (!parsed.ok) return null;
  const actions = [...new Set(textsIn(parsed.value, 'action'))];
  if (actions.length < 2) return null;
  const types = textsIn(parsed.value, 'type');
  const [id] = textsIn(parsed.value, 'id');
  return actions.map((action, index) =>
    withEvent(text, parsed.value, {
      action,
      type: typesOf(action, types),
      ...(id !== undefined && { id: index === 0 ? id : `${id}#${index + 1}` }),
    }),
  );
}

const END = 'end';

function typesOf(action: string, types: readonly string[]): readonly string[] {
  const own = types.filter((type) => (type === END) === (action === END));
  return own.length > 0 ? own : types;
}

/** Texts of a member of `event`, by either way of writing it. */
const textsIn = (document: object, member: string): readonly string[] =>
  [at(document, 'event', member), at(document, `event.${member}`)]
    .flat()
    .filter((value): value is string => typeof value === 'string');

type Changes = Readonly<Record<string, string | readonly string[]>>;

const withEvent = (text: string, document: object, changes: Changes): string =>
  rebuilt(text, document, (key, raw) => {
    if (key === 'event') {
      const event = parseObject(raw);
      return event.ok ? rebuilt(raw, event.value, (member, as) => changed(changes, member) ?? as) : raw;
    }
    return (key.startsWith('event.') ? changed(changes, key.slice('event.'.length)) : undefined) ?? raw;
  });

const changed = (changes: Changes, member: string): string | undefined =>
  Object.hasOwn(changes, member) ? JSON.stringify(changes[member]) : undefined;

/** The object with each member's text as `change` gives it. */
function rebuilt(text: string, object: object, change: (key: string, raw: string) => string): string {
  const members = Object.keys(object).map((key) => {
    const raw = memberText(text, key) ?? 'null';
    return `${JSON.stringify(key)}:${change(key, raw)}`;
  });
  return `{${members.join(',')}}`;
}
