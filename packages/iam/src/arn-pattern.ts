import { matchesWildcard } from './wildcard.ts';

/** An ARN cut at its first five colons: arn, partition, service, region, account, resource. */
export type ArnSegments = readonly string[];

const SEGMENTS = 6;

/** The six segments of an ARN; the sixth keeps its colons and slashes. */
export function arnSegments(arn: string): ArnSegments {
  const parts = arn.split(':');
  return parts.length <= SEGMENTS ? parts : [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(':')];
}

/** The part of an ARN after its fifth colon; empty for other text. */
export const resourceOf = (arn: string): string => arnSegments(arn)[SEGMENTS - 1] ?? '';

/**
 * True if a pattern matches an ARN segment by segment. A wildcard in the sixth segment also matches `/` and `:`.
 * Missing segments count as `*` (AWS: "IAM JSON policy elements: Resource").
 */
export function matchesArn(pattern: ArnSegments, arn: ArnSegments): boolean {
  if (pattern.length === 1 && pattern[0] === '*') return true;
  if (arn.length < SEGMENTS) return pattern.length === arn.length && pattern.every((part, at) => part === arn[at]);
  return arn.every((segment, at) => matchesWildcard(pattern[at] ?? '*', segment));
}

/** The account that an ARN or ARN pattern names, if it names exactly one. */
export function accountOf(arn: string): string | undefined {
  const account = arn.split(':', 5)[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
