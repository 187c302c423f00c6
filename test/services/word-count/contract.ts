import { z } from 'zod';
import { defineContract } from '../../../blocks/contract.ts';

const settings = z.strictObject({
  batchSize: z
    .int()
    .min(1)
    .max(1_500)
    .default(500)
    .describe('Objects per batch; the input of one batch is at most 256 KiB.'),
  maxConcurrency: z.int().min(1).max(10_000).default(1_000).describe('Batches that run at the same time.'),
  toleratedFailurePercentage: z
    .number()
    .min(0)
    .max(100)
    .default(5)
    .describe('Share of objects that may fail, in percent.'),
  years: z.array(z.int().min(1929).max(2100)).min(1).default([2022]).describe('Years that there are texts of.'),
  logRetentionDays: z.literal([7, 30, 90, 365]).default(30).describe('Days that logs are kept.'),
});

export type WordCountSettings = z.infer<typeof settings>;

/** Words of the texts in a bucket: a parent that starts a child in another account, which has a Distributed Map. */
export const contract = defineContract({
  settings,
  stages: [
    { name: 'child', description: 'The account that runs the child workflow.' },
    { name: 'parent', description: 'The account that runs the parent workflow.', starts: ['child'] },
  ],
  entry: 'parent',
});
