/** Why a value came out as null though its inputs were not. */
export type Failure = 'multi-value' | 'division-by-zero' | 'overflow' | 'unreadable' | 'negative-length';
