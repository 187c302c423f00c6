import { z } from 'zod';
import { defineContract } from '../../blocks/contract.ts';

/** Workflow of the child's account that starts the child there. */
export const nested = 'nested';

/** Situations that make a workflow slow, stuck or throttled, to prove alarms with. Each run chooses one by its input. */
export const contract = defineContract({
  settings: z.strictObject({}),
  stages: [
    {
      name: 'child',
      description: 'The account whose Map Runs and state transitions the drills use up.',
      startedWithin: [nested],
    },
    { name: 'parent', description: 'The account that starts the drills.', starts: ['child'] },
  ],
  entry: 'parent',
});
