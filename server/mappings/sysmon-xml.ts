/** An event of Sysmon, as far as its line goes. */
export interface SysmonEvent {
  readonly id: string;
  readonly computer: string | undefined;
  readonly recordId: string | undefined;
  readonly data: ReadonlyMap<string, string>;
}

const DATA = /<Data Name="([A-Za-z]{1,64})">([^<]*)/g;

/**
 * Reads the elements one by one: syslog cuts long lines in the middle, which no XML parser takes. The last element may be
 * unfinished. Undefined where there is no event id.
 */
export function sysmonEvent(text: string): SysmonEvent | undefined {
  if (!text.includes('Linux-Sysmon')) return undefined;
  const id = /<EventID>(\d{1,5})</.exec(text)?.[1];
  if (id === undefined) return undefined;
  const data = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(DATA)) if (!data.has(name)) data.set(name, unescaped(value));
  return { id, computer: element(text, 'Computer'), recordId: element(text, 'EventRecordID'), data };
}

function element(text: string, name: 'Computer' | 'EventRecordID'): string | undefined {
  const start = text.indexOf(`<${name}>`);
  const end = start === -1 ? -1 : text.indexOf('<', start + 1);
  return end === -1 ? undefined : unescaped(text.slice(start + name.length + 2, end)) || undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

/** Some forwarders lose the semicolon of an entity, or put a blank in its place. */
const unescaped = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(quot|apos|lt|gt|amp)(?:;| |(?![a-z]))/g, (_, name: string) => ENTITIES[name] ?? '')
    : text;
