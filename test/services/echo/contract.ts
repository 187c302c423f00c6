import { z } from 'zod';
import { defineContract } from '../../../blocks/contract.ts';

/** One stage, which starts nothing. */
export const contract = defineContract({
  settings: z.strictObject({}),
  stages: [{ name: 'only', description: 'The account that answers.' }],
  entry: 'only',
});
