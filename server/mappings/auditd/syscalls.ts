export type SyscallKind = 'exec' | 'fork' | 'clone' | 'clone3' | 'end';

const NAMES: Readonly<Record<string, SyscallKind>> = {
  execve: 'exec',
  execveat: 'exec',
  fork: 'fork',
  vfork: 'fork',
  clone: 'clone',
  clone3: 'clone3',
  exit_group: 'end',
};

/** Numbers by the `arch` of a record (linux `include/uapi/linux/audit.h`), of the system call tables of each architecture. */
const NUMBERS: Readonly<Record<string, Readonly<Record<string, SyscallKind>>>> = {
  c000003e: { 59: 'exec', 322: 'exec', 57: 'fork', 58: 'fork', 56: 'clone', 435: 'clone3', 231: 'end' },
  c00000b7: { 221: 'exec', 281: 'exec', 220: 'clone', 435: 'clone3', 94: 'end' },
  '40000003': { 11: 'exec', 358: 'exec', 2: 'fork', 190: 'fork', 120: 'clone', 435: 'clone3', 252: 'end' },
  '40000028': { 11: 'exec', 387: 'exec', 2: 'fork', 190: 'fork', 120: 'clone', 435: 'clone3', 248: 'end' },
  c0000015: { 11: 'exec', 362: 'exec', 2: 'fork', 189: 'fork', 120: 'clone', 435: 'clone3', 234: 'end' },
};

/** What a system call means for processes: by the name that an enriched record has, else by number and architecture. */
export const syscallKind = (
  name: string | undefined,
  arch: string | undefined,
  number: string | undefined,
): SyscallKind | undefined => {
  if (name !== undefined && Object.hasOwn(NAMES, name)) return NAMES[name];
  const table = arch !== undefined && Object.hasOwn(NUMBERS, arch) ? NUMBERS[arch] : undefined;
  return number !== undefined && table && Object.hasOwn(table, number) ? table[number] : undefined;
};

/** CLONE_THREAD of a clone's flags, which are its first argument as hex: a thread, not a process. */
export const isThread = (firstArgument: string | undefined): boolean =>
  firstArgument !== undefined &&
  /^[0-9a-f]{1,16}$/i.test(firstArgument) &&
  (BigInt(`0x${firstArgument}`) & 0x10000n) !== 0n;
