import { define, each, type FunctionSignature } from './function-signature.ts';

export const CONVERSION: readonly FunctionSignature[] = [
  define(
    'address_key',
    'A text that is ordered as the address is: what sorting and comparing addresses are lowered to.',
    [each('address', ['ip'])],
    'string',
  ),
  define('to_string', 'As text; datetimes in ISO 8601 with milliseconds and Z.', [each('value', null)], 'string'),
  define(
    'to_long',
    'As a whole number: doubles rounded, texts read, booleans 1 and 0, datetimes as epoch milliseconds; null where unreadable.',
    [each('value', ['string', 'long', 'double', 'boolean', 'datetime'])],
    'long',
    { fails: 'unreadable' },
  ),
  define(
    'to_double',
    'As a number, like to_long without rounding.',
    [each('value', ['string', 'long', 'double', 'boolean', 'datetime'])],
    'double',
    { fails: 'unreadable' },
  ),
  define(
    'to_boolean',
    'Text is true where it reads `true` in any case, else false; a number where it is not 0.',
    [each('value', ['string', 'long', 'double', 'boolean'])],
    'boolean',
  ),
  define(
    'to_datetime',
    'Text in ISO 8601, numbers as epoch milliseconds; null where unreadable.',
    [each('value', ['string', 'long', 'double', 'datetime'])],
    'datetime',
    { fails: 'unreadable' },
  ),
  define(
    'to_ip',
    'As an address, in the one way that it is shown; null for text that is none, as one with leading zeros (`010.0.0.1`).',
    [each('value', ['string', 'ip'])],
    'ip',
    {
      fails: 'unreadable',
    },
  ),
];
