import { define, type FunctionSignature, LONG, NUMBER, single } from './function-signature.ts';

export const NUMBERS: readonly FunctionSignature[] = [
  define('abs', 'Without its sign.', [single('number', NUMBER)], 'as-first', { fails: 'overflow' }),
  define(
    'round',
    'To `decimals` places, none if not given; halves away from zero.',
    [single('number', NUMBER), single('decimals', LONG)],
    'as-first',
    { required: 1, fails: 'overflow' },
  ),
  define('floor', 'The next whole number down.', [single('number', NUMBER)], 'as-first'),
  define('ceil', 'The next whole number up.', [single('number', NUMBER)], 'as-first'),
  define('sqrt', 'Square root; null of a negative number.', [single('number', NUMBER)], 'double', {
    fails: 'overflow',
  }),
  define('cbrt', 'Cube root.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('exp', 'e to this power.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('log10', 'Logarithm to the base 10; null of what is not positive.', [single('number', NUMBER)], 'double', {
    fails: 'overflow',
  }),
  define('signum', '-1, 0 or 1.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('sin', 'Sine of radians.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('cos', 'Cosine of radians.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('tan', 'Tangent of radians.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('asin', 'Arc sine in radians; null beyond -1 and 1.', [single('number', NUMBER)], 'double', {
    fails: 'overflow',
  }),
  define('acos', 'Arc cosine in radians; null beyond -1 and 1.', [single('number', NUMBER)], 'double', {
    fails: 'overflow',
  }),
  define('atan', 'Arc tangent in radians.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('sinh', 'Hyperbolic sine.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('cosh', 'Hyperbolic cosine.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('tanh', 'Hyperbolic tangent.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('to_degrees', 'Radians in degrees.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define('to_radians', 'Degrees in radians.', [single('number', NUMBER)], 'double', { fails: 'overflow' }),
  define(
    'pow',
    'The first to the power of the second.',
    [single('base', NUMBER), single('exponent', NUMBER)],
    'double',
    { fails: 'overflow' },
  ),
  define(
    'atan2',
    'Angle between the positive x axis and the point.',
    [single('y', NUMBER), single('x', NUMBER)],
    'double',
    { fails: 'overflow' },
  ),
  define('hypot', 'Length of the hypotenuse.', [single('a', NUMBER), single('b', NUMBER)], 'double', {
    fails: 'overflow',
  }),
  define(
    'log',
    'Natural logarithm, or with two arguments the logarithm of the second to the base of the first; null where there is none.',
    [single('base or number', NUMBER), single('number', NUMBER)],
    'double',
    { required: 1, fails: 'overflow' },
  ),
];
