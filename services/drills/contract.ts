import { z } from 'zod';
import { defineContract } from '../../blocks/contract.ts';

/** Situations that make a workflow slow, stuck or throttled, to prove alarms with. Each run chooses one by its input. */
export const contract = defineContract({
  settings: z.strictObject({}),
  stages: [
    { name: 'child', description: 'The account whose Map Runs and state transitions the drills use up.' },
    { name: 'parent', description: 'The account that starts the drills.', starts: ['child'] },
  ],
  entry: 'parent',
});
