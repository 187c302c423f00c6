import { z } from 'zod';

/** Fields that many requests have, with the limits of the API reference. */
export const arn = z.string().min(1).max(256);
export const longArn = z.string().min(1).max(2_000);
export const includedData = z.enum(['METADATA_ONLY', 'ALL_DATA']).default('ALL_DATA');
export const maxResults = z.number().int().min(0).max(1_000).default(0);
export const nextToken = z.string().min(1).max(1_024).optional();
