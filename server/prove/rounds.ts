/** How often each crash test kills; `npm run prove:crash` asks for more, and for a seed of its own. */
export const ROUNDS = Number(process.env['ODDSPAWN_CRASH_ROUNDS'] ?? 2);
export const SEED = Number(process.env['ODDSPAWN_CRASH_SEED'] ?? 1);
