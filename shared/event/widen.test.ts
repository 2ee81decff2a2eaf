import { expect, test } from 'vitest';
import { expandBraces } from './braces.ts';
import { ECS_PROCESS } from './ecs.ts';
import { catalogueOf, type Field } from './field.ts';
import { knownField } from './known-fields.ts';
import { widen } from './widen.ts';

test('braces hold alternatives, also in each other', () => {
  expect(expandBraces('a.{b,c.{d,e}}.f')).toEqual(['a.b.f', 'a.c.d.f', 'a.c.e.f']);
  expect(expandBraces('plain')).toEqual(['plain']);
});

test.each([
  ['source.ip', 'ip'],
  ['destination.port', 'long'],
  ['event.ingested', 'date'],
  ['process.parent.command_line', 'wildcard'],
  ['dll.code_signature.trusted', 'boolean'],
  ['powershell.file.script_block_text', 'text'],
  ['file.path', 'keyword'],
  ['winlog.event_data.TargetUserName', 'keyword'],
  ['aws.cloudtrail.flattened.request_parameters.instanceId', 'keyword'],
  ['process.Ext.token.integrity_level_name', 'keyword'],
  ['event.risk_score', 'double'],
  ['azure.platformlogs.properties.log.verb', 'keyword'],
  ['tls.detailed.alert_types', 'keyword'],
  ['user.entity.id', 'keyword'],
])('%s is of type %s', (name, type) => {
  expect(knownField(name)?.type).toBe(type);
});

test.each(['proces.name', 'process.nmae', 'nowhere'])('nobody knows %s', (name) => {
  expect(knownField(name)).toBeNull();
});

test('every field of the store that Elastic maps elsewhere too has the type it has there', () => {
  const differing = ECS_PROCESS.fields.filter(({ name, type }) => {
    const known = knownField(name);
    return known === null || known.type !== type;
  });
  expect(differing.map(({ name }) => name)).toEqual([]);
});

test('a catalogue is widened by the names it lacks, and says which it guessed', () => {
  const uses = new Map([['nobody.count', 'long' as const]]);
  const wide = widen(ECS_PROCESS, ['process.name', 'source.ip', 'nobody.count', 'nobody.name'], uses);
  expect(wide.fields).toHaveLength(ECS_PROCESS.fields.length + 3);
  expect(wide.find('nobody.count')?.type).toBe('long');
  expect(wide.find('nobody.name')?.type).toBe('keyword');
  expect(wide.guessed).toEqual(['nobody.count', 'nobody.name']);
});

test('lists of objects hold the fields of their objects, and lists within them theirs', () => {
  const names = ['email.attachments.file.pe.sections.entropy', 'email.attachments.file.name', 'a', 'a.b', 'a.b.c'];
  const uses = new Map([
    ['a', 'nested' as const],
    ['a.b', 'nested' as const],
  ]);
  const wide = widen(catalogueOf([]), names, uses);
  expect(wide.fields).toMatchObject([
    {
      name: 'email.attachments',
      type: 'nested',
      fields: [
        { name: 'file.pe.sections', type: 'nested', fields: [{ name: 'entropy', type: 'long' }] },
        { name: 'file.name', type: 'keyword' },
      ],
    },
    { name: 'a', type: 'nested', fields: [{ name: 'b', type: 'nested', fields: [{ name: 'c', type: 'keyword' }] }] },
  ]);
});

test('below what an integration owns, a field is of the type that its use asks for', () => {
  const name = 'azure.open_ai.properties.response_length';
  expect(widen(ECS_PROCESS, [name], new Map([[name, 'long' as const]])).find(name)?.type).toBe('long');
  expect(widen(ECS_PROCESS, [name]).find(name)?.type).toBe('keyword');
  const wide = widen(ECS_PROCESS, ['event.code'], new Map([['event.code', 'long' as const]]));
  expect(wide.find('event.code')?.type).toBe('keyword');
});

test('sub-fields read the values of the field they belong to', () => {
  const wide = widen(ECS_PROCESS, ['file.path.caseless', 'file.name.text', 'process.name.caseless']);
  expect(wide.find('file.path')).toMatchObject({ type: 'keyword', caseless: true });
  expect(wide.find('file.name.text')).toMatchObject({ type: 'text', source: 'file.name' });
  expect(wide.guessed).toEqual([]);
  expect(wide.find('process.name.caseless')).toBeUndefined();
});

test('a name that a catalogue knows and does not list is listed as it is known there', () => {
  const member: Field = { name: 'labels_of_ours.a', type: 'keyword', keyed: true };
  const own = catalogueOf([{ name: 'labels_of_ours', type: 'flattened' }]);
  const catalogue = { ...own, find: (name: string) => own.find(name) ?? (name === member.name ? member : undefined) };
  const wide = widen(catalogue, [member.name]);
  expect(wide.fields).toEqual([...own.fields, member]);
  expect(wide.guessed).toEqual([]);
});
