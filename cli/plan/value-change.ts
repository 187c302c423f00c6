import { z } from 'zod';
import type { Json } from '@crosswind/aws/json';
import type { ValueChange as Difference } from './diff/leaf-differences.ts';

/** A value that differs. */
export const valueChange = z
  .strictObject({
    path: z.string().describe('For example `VersioningConfiguration.Status`.'),
    before: z.json().optional().describe('Absent where there was none.'),
    after: z.json().optional().describe('Absent where there is none any more.'),
  })
  .describe('A value that differs, in the first of the places.');

export type ValueChange = z.infer<typeof valueChange>;

/** Differences as a plan has them. */
export const valuesOf = (differences: readonly Difference[]): ValueChange[] =>
  differences.map(({ path, before, after }) => ({
    path,
    ...(before !== undefined && { before: plain(before) }),
    ...(after !== undefined && { after: plain(after) }),
  }));

type PlainJson = Exclude<ValueChange['before'], undefined>;

/** The same value in the type of zod, whose lists can be written to. */
const plain = (value: Json): PlainJson => value as PlainJson;
