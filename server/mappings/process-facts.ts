import type { Instant, Milliseconds } from '#shared/base/time.ts';
import type { KnownImage } from './record.ts';

/** A time with the order of records at that time. */
export interface Moment {
  readonly at: Instant;
  readonly order: number;
}

/** What a record tells about a pid. */
export type Fact =
  | {
      readonly kind: 'fork';
      readonly moment: Moment;
      readonly parentPid: number;
      /** What the kernel says the forking process runs; its child runs the same. */
      readonly resolved?: string | undefined;
      inherited?: KnownImage;
    }
  | {
      readonly kind: 'exec';
      readonly moment: Moment;
      readonly parentPid?: number | undefined;
      readonly image: KnownImage;
    }
  /** It did something; `image` is what the kernel says it runs, with symlinks resolved. */
  | {
      readonly kind: 'seen';
      readonly moment: Moment;
      readonly parentPid?: number | undefined;
      readonly image: KnownImage;
    }
  | { readonly kind: 'end'; readonly moment: Moment };

export type Birth = Extract<Fact, { kind: 'fork' }>;

/** One life of a pid. */
export interface Life {
  readonly pid: number;
  /** Of its fork if that was seen, else of its first record. */
  readonly start: Moment;
  readonly birth: Birth | undefined;
  /** From the fork, else from its first record that tells. */
  readonly parentPid: number | undefined;
  readonly images: readonly { readonly moment: Moment; readonly image: KnownImage; readonly isSure: boolean }[];
  readonly ended: Moment | undefined;
}

/** Clocks of a kernel's records about one thing differ by less. */
export const TOLERANCE: Milliseconds = 10;
