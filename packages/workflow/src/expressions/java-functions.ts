/** Functions of JSONata that AWS runs in Java, where that shows. */

const MASK = 2n ** 48n - 1n;
const MULTIPLIER = 0x5deece66dn;

/** The first `nextDouble()` of `java.util.Random` with a seed: what `$random(seed)` gives on AWS, as recorded for 42. */
export function javaRandom(seed: number): number {
  const first = following((BigInt(Math.trunc(seed)) ^ MULTIPLIER) & MASK);
  const [high, low] = [first >> 22n, following(first) >> 21n];
  return Number((high << 27n) + low) / 2 ** 53;
}

const following = (state: bigint): bigint => (state * MULTIPLIER + 0xbn) & MASK;

/** Fails on text that is not Base64, as `java.util.Base64` does; what is missing at the end is filled up. */
export function base64decode(text?: string): string | undefined {
  if (text === undefined) return undefined;
  const illegal = /[^A-Za-z0-9+/=]|=(?!=?$)/.exec(text)?.[0];
  if (illegal !== undefined) throw new Error(`Illegal base64 character ${illegal.charCodeAt(0).toString(16)}`);
  const digits = text.replace(/=+$/, '');
  if (digits.length % 4 === 1 || (digits !== text && text.length % 4 !== 0))
    throw new Error('Input byte array has wrong 4-byte ending unit');
  return Buffer.from(text, 'base64').toString('binary');
}
