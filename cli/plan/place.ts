import { z } from 'zod';
import type { ResourceChange } from './diff/resource-change.ts';

/** A resource in its stack. */
export const place = z
  .strictObject({
    account: z.string().describe('Id of the account.'),
    region: z.string(),
    stack: z.string().describe('Name of the stack.'),
    path: z.string().describe('Construct path of the resource.'),
  })
  .describe('A resource in its stack.');

export type Place = z.infer<typeof place>;

/** Place of a change. */
export const placeOf = ({ stack, path }: Pick<ResourceChange, 'stack' | 'path'>): Place => ({
  account: stack.account,
  region: stack.region,
  stack: stack.name,
  path,
});

/** The path that all paths match: with `*` where they differ, a segment at a time. Undefined where they have no common form. */
export function pathPattern(paths: readonly string[]): string | undefined {
  const [first = [], ...others] = paths.map((path) => path.split('/'));
  if (others.some((segments) => segments.length !== first.length)) return undefined;
  return first.map((segment, index) => (others.every((each) => each[index] === segment) ? segment : '*')).join('/');
}
