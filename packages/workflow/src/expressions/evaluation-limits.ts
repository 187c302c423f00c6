import type { Limits } from './jsonata-limits.ts';

/** Levels: every expression tried on AWS ends between 99 and 101 (floci-io/floci, issue 2737). */
const depth = 100;

/**
 * Bytes: AWS counts 873,782 numbers in a range and refuses one more; a text of 2^22 characters is accepted, one of 2^23
 * refused (floci-io/floci, issue 2737).
 */
const bytes = 6_990_256;

/** AWS's limits; its second is two of processor time here, because this machine may be slower (transforming-data). */
export const longLimits: Limits = { milliseconds: 2_000, depth, values: bytes / 8, bytes, compared: bytes / 8 };

/** Limits within which an expression hinders nobody else; what goes beyond is evaluated again in another process. */
export const shortLimits: Limits = { milliseconds: 25, depth, values: 100_000, bytes: 1_000_000, compared: 500 };
