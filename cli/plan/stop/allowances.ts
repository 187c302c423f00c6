import { z } from 'zod';
import { isNotAfter } from '../../../config/day.ts';
import { matches } from '../../../config/path-pattern.ts';
import type { Platform } from '../../../config/schema.ts';

export type Allowance = Platform['allowances'][number];

/** An allowance of `platform.yaml`, as a plan repeats it. */
export const statedAllowance = z.strictObject({
  resource: z.string(),
  reason: z.string(),
  until: z.string().describe('Last day on which it holds (UTC).'),
});

/** The allowance for a resource at a construct path: one that holds, else one that has ended. */
export function allowanceFor(
  path: string,
  allowances: readonly Allowance[],
  now: Date,
): { readonly allowance: Allowance; readonly holds: boolean } | undefined {
  const fitting = allowances
    .filter(({ resource }) => matches(resource, path))
    .map((allowance) => ({ allowance, holds: isNotAfter(now, allowance.until) }));
  return fitting.find(({ holds }) => holds) ?? fitting[0];
}

/** Allowances that no stop of a change needs. */
export const unneededAllowances = (allowances: readonly Allowance[], paths: readonly string[]): readonly Allowance[] =>
  allowances.filter(({ resource }) => !paths.some((path) => matches(resource, path)));
