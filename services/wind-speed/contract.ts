import { z } from 'zod';
import { defineContract } from '../../blocks/contract.ts';

/**
 * Settings of a team. Upper bounds are quotas of Step Functions (service-quotas) and Lambda (gettingstarted-limits).
 */
const settings = z.strictObject({
  batchSize: z
    .int()
    .min(1)
    .max(1_500)
    .default(500)
    .describe('Objects per batch; the input of one batch is at most 256 KiB.'),
  maxConcurrency: z
    .int()
    .min(1)
    .max(10_000)
    .default(1_000)
    .describe('Batches that run at the same time; fewer where the child account has a lower Lambda concurrency.'),
  toleratedFailurePercentage: z
    .number()
    .min(0)
    .max(100)
    .default(5)
    .describe('Share of objects that may fail, in percent.'),
  memoryMegabytes: z.int().min(512).max(10_240).default(1_024).describe('Memory of the function that reads a batch.'),
  years: z
    .array(z.int().min(1929).max(2100))
    .min(1)
    .default([2022])
    .describe('Years that the import workflow copies from the public bucket of NOAA.'),
  logRetentionDays: z.literal([7, 30, 90, 365]).default(30).describe('Days that logs are kept.'),
  partialRetentionDays: z
    .int()
    .min(1)
    .max(365)
    .default(14)
    .describe('Days that the partial results of a run are kept.'),
  resultRetentionDays: z
    .int()
    .min(1)
    .max(3_650)
    .default(365)
    .describe('Days that the results of a run are kept; 30 more days as a noncurrent version.'),
});

export type WindSpeedSettings = z.infer<typeof settings>;

/** Mean wind speeds of NOAA's weather stations, in miles per hour. */
export const contract = defineContract({
  settings,
  stages: [
    {
      name: 'child',
      description: 'The account that runs the child workflow.',
      concurrencySetting: 'maxConcurrency',
    },
    { name: 'parent', description: 'The account that runs the parent workflow.', starts: ['child'] },
  ],
  entry: 'parent',
});
