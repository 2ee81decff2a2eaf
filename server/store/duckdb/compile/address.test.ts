import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalAddress, isWithin, parseAddress } from '#shared/base/ip-address.ts';
import { type Database, openDatabase, type Session } from '../connection.ts';
import { isCanonicalJson } from '../sql/canonical-address.ts';
import { ADDRESS_MACROS, addressOf, canonicalOf, inAddressOrder, inNetworks } from './address.ts';

let database: Database;
let session: Session;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:' });
  session = await database.session();
  for (const macro of ADDRESS_MACROS) await session.run(macro);
});
afterAll(() => {
  session.close();
  database.close();
});

const asked = async (sql: string, text: string): Promise<unknown> =>
  (await session.rows(`SELECT ${sql} AS answer FROM (SELECT $1::VARCHAR AS t)`, [text]))[0]?.['answer'];

const group = fc.oneof(
  fc.constant('0'),
  fc.integer({ min: 0, max: 0xffff }).map((part) => part.toString(16)),
  fc.constantFrom('', '0', '00ff', '12345', '00001', 'g'),
);
const six = fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(':'));
const four = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 260 }).map(String), fc.constantFrom('', '00', '0x1', '01')), {
    minLength: 3,
    maxLength: 5,
  })
  .map((parts) => parts.join('.'));
const zeros = fc
  .array(fc.constantFrom('0', '0', '1', 'ab'), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.join(':'));
const mixed = fc.tuple(six, four).map((parts) => parts.join(':'));
const compressed = fc.tuple(six, six).map((parts) => parts.join('::'));

test('reads what the reference evaluator reads', async () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6(), six, zeros, four, mixed, compressed, fc.string());
  const text = fc.oneof(
    address,
    address.map((one) => `${one}%eth0`),
    address.map((one) => `${one}%`),
  );
  await fc.assert(
    fc.asyncProperty(text, async (one) => {
      expect(await asked(`${addressOf('t')}::VARCHAR`, one), one).toBe(parseAddress(one)?.toString() ?? null);
      expect(await asked(canonicalOf('t'), one), one).toBe(canonicalAddress(one));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('JSON that is sure to hold addresses as they are shown does', async () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6(), six, zeros, mixed, compressed);
  const text = fc.oneof(
    address,
    address.map((one) => canonicalAddress(one) ?? one),
  );
  await fc.assert(
    fc.asyncProperty(text, text, async (one, other) => {
      for (const values of [one, [one], [one, other]]) {
        const isSure = await asked(isCanonicalJson('t'), JSON.stringify(values));
        if (isSure) expect([values].flat().map(canonicalAddress)).toEqual([values].flat());
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

test.each(['10.1.2.3', '::1', 'fe80::42:acff:fe11:2', '2a02:8071:0:1::5', '1:2:3:4:5:6:7:8', '2001:db8::'])(
  '%s is shown so, and the engine is sure of it',
  async (address) => {
    expect(canonicalAddress(address)).toBe(address);
    expect(await asked(isCanonicalJson('t'), JSON.stringify([address, address]))).toBe(true);
  },
);

test('addresses in their order', async () => {
  const [row] = await session.rows(
    `SELECT ${inAddressOrder(`['fe80::10', '10.0.0.10', 'fe80::a', '10.0.0.9', '::1', '2001:db8::1']`)} AS sorted`,
  );
  expect(row?.['sorted']).toEqual(['::1', '10.0.0.9', '10.0.0.10', '2001:db8::1', 'fe80::a', 'fe80::10']);
});

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.1.2.3/8', '10.9.9.9', true],
  ['10.0.0.0/8', '::ffff:10.1.1.1', true],
  ['10.0.0.1', '10.0.0.1', true],
  ['0.0.0.0/0', '255.1.1.1', true],
  ['::/0', '10.0.0.1', true],
  ['fe80::/10', 'febf::1', true],
  ['fe80::/10', 'fec0::1', false],
  ['::ffff:10.0.0.0/104', '10.0.0.0', false],
  ['10.0.0.0/33', '10.0.0.0', false],
  ['10.0.0.0/', '10.0.0.0', false],
  ['nonsense', 'nonsense', false],
  ['10.0.0.0/8', 'nonsense', null],
])('%s and %s', async (network, address, expected) => {
  const [row] = await session.rows(`SELECT ${inNetworks('t', [network])} AS found FROM (SELECT $1::VARCHAR AS t)`, [
    address,
  ]);
  expect(row?.['found']).toBe(expected);
});

const bytes = fc.integer({ min: 0, max: 255 });
const fours = fc.tuple(fc.constantFrom(10, 10, 192, 0, 255), bytes, bytes, bytes).map((parts) => parts.join('.'));
const sixes = fc
  .tuple(fc.constantFrom('2001:db8', 'fe80:0', '0:0'), bytes)
  .map(([start, end]) => `${start}::${end.toString(16)}`);
const networks = fc.oneof(
  fc.tuple(fours, fc.integer({ min: 0, max: 33 })).map(([base, length]) => `${base}/${length}`),
  fc.tuple(sixes, fc.integer({ min: 0, max: 129 })).map(([base, length]) => `${base}/${length}`),
  fours,
);

test('an address is in one of many networks where it is in one of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(networks, { maxLength: 12 }),
      fc.array(fc.oneof(fours, sixes), { minLength: 1, maxLength: 20 }),
      async (some, addresses) => {
        const rows = await session.rows(
          `SELECT t, ${inNetworks('t', some)} AS found FROM (SELECT unnest(from_json($1, '["VARCHAR"]')) AS t)`,
          [JSON.stringify(addresses)],
        );
        expect(rows).toHaveLength(addresses.length);
        for (const { t, found } of rows) expect(found, String(t)).toBe(some.some((one) => isWithin(one, String(t))));
      },
    ),
    { numRuns: 200 },
  );
});
