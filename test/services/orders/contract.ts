import { z } from 'zod';
import { defineContract } from '../../../blocks/contract.ts';

/** One stage, which uses services that the sandbox does not simulate. */
export const contract = defineContract({
  settings: z.strictObject({}),
  stages: [{ name: 'desk', description: 'The account that takes orders.' }],
  entry: 'desk',
});
