/** A file that is none of what is understood. The message is for its sender. */
export class UnknownSource extends Error {}
