/** The log that the examples send. */
export const LAUREL_LOG = '/var/log/laurel/audit.log';

/** Longest record that is taken here, in bytes. */
export const LONGEST_RECORD = 4 * 1024 * 1024;
