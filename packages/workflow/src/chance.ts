import { createHash } from 'node:crypto';

/**
 * Randomness that repeats: the same seed text gives the same number, in every run.
 * The engine has no other source of chance, so a simulation can be replayed.
 */
export function fraction(seed: string): number {
  return createHash('sha256').update(seed).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** A UUID (version 4 in form) that depends on `seed` alone. */
export function uuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
