/**
 * A font in which every character is the same bar, made here: pictures of a page then depend on no machine's fonts, while
 * the place and length of every text is still seen. TrueType, with a character map of format 13 (many to one).
 */
export function barFont(): Buffer {
  const tables = new Map<string, Buffer>([
    ['OS/2', metrics()],
    ['cmap', characterMap()],
    ['glyf', Buffer.concat(GLYPHS)],
    ['head', head()],
    ['hhea', horizontalHeader()],
    ['hmtx', words(ADVANCE, LEFT, ADVANCE, 0, ADVANCE, LEFT)],
    ['loca', offsets()],
    ['maxp', Buffer.concat([longs(VERSION), words(GLYPHS.length, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)])],
    ['name', names()],
    ['post', Buffer.concat([longs(0x30000, 0), words(-100, 50), longs(1, 0, 0, 0, 0)])],
  ]);
  return assemble(tables);
}

const [UNITS, ADVANCE, LEFT, RIGHT, HEIGHT] = [1000, 560, 30, 530, 500];
const [ASCENT, DESCENT] = [900, 250];
const VERSION = 0x10000;
const BLANK = 1;
const BAR = 2;

const words = (...values: readonly number[]): Buffer =>
  Buffer.concat(values.map((value) => Buffer.from([(value >> 8) & 0xff, value & 0xff])));
const longs = (...values: readonly number[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const four = Buffer.alloc(4);
      four.writeUInt32BE(value >>> 0);
      return four;
    }),
  );
const padded = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);

/** A rectangle, its four points as steps from one to the next. */
const bar = padded(
  Buffer.concat([
    words(1, LEFT, 0, RIGHT, HEIGHT, 3, 0),
    Buffer.from([1, 1, 1, 1]),
    words(LEFT, 0, RIGHT - LEFT, 0),
    words(0, HEIGHT, 0, -HEIGHT),
  ]),
);
const GLYPHS: readonly Buffer[] = [bar, Buffer.alloc(0), bar];

function offsets(): Buffer {
  let at = 0;
  return longs(
    0,
    ...GLYPHS.map(({ length }) => {
      at += length;
      return at;
    }),
  );
}

function characterMap(): Buffer {
  const groups = [
    [0, 0x1f, BAR],
    [0x20, 0x20, BLANK],
    [0x21, 0x9f, BAR],
    [0xa0, 0xa0, BLANK],
    [0xa1, 0x10ffff, BAR],
  ];
  const list = groups.map((group) => longs(...group));
  const body = Buffer.concat([words(13, 0), longs(16 + 12 * groups.length, 0, groups.length), ...list]);
  return Buffer.concat([words(0, 1, 3, 10), longs(12), body]);
}

const head = (): Buffer =>
  Buffer.concat([
    longs(VERSION, VERSION, 0, 0x5f0f3cf5),
    words(3, UNITS),
    longs(0, 3_800_000_000, 0, 3_800_000_000),
    words(LEFT, 0, RIGHT, HEIGHT, 0, 8, 2, 1, 0),
  ]);

const horizontalHeader = (): Buffer =>
  Buffer.concat([
    longs(VERSION),
    words(ASCENT, -DESCENT, 0, ADVANCE, LEFT, LEFT, RIGHT, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS.length),
  ]);

const metrics = (): Buffer =>
  Buffer.concat([
    words(3, ADVANCE, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0),
    Buffer.alloc(10),
    longs(1, 0, 0, 0),
    Buffer.from('ODDS'),
    words(0x40, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT),
    longs(1, 0),
    words(HEIGHT, 700, 0, 0x20, 1),
  ]);

function names(): Buffer {
  const texts = ['Bars', 'Regular', 'Bars', 'Bars', 'Version 1.0', 'Bars'].map((text) =>
    Buffer.from(text, 'utf16le').swap16(),
  );
  let at = 0;
  const records = texts.map((text, index) => {
    const record = words(3, 1, 0x409, index + 1, text.length, at);
    at += text.length;
    return record;
  });
  return Buffer.concat([words(0, texts.length, 6 + 12 * texts.length), ...records, ...texts]);
}

function checksum(data: Buffer): number {
  const whole = padded(data);
  let sum = 0;
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0;
  return sum;
}

function assemble(tables: ReadonlyMap<string, Buffer>): Buffer {
  const power = Math.floor(Math.log2(tables.size));
  const range = 16 * 2 ** power;
  let at = 12 + 16 * tables.size;
  const directory: Buffer[] = [longs(VERSION), words(tables.size, range, power, 16 * tables.size - range)];
  for (const [tag, data] of tables) {
    directory.push(Buffer.from(tag), longs(checksum(data), at, data.length));
    at += padded(data).length;
  }
  return Buffer.concat([...directory, ...[...tables.values()].map(padded)]);
}
