import { z } from 'zod';
import { defineContract } from '../../../blocks/contract.ts';

/** Three stages: the entry starts the middle, which starts the last. */
export const contract = defineContract({
  settings: z.strictObject({
    greeting: z.string().default('hello').describe('Text that the last stage answers with.'),
  }),
  stages: [
    { name: 'last', description: 'The account that answers.' },
    { name: 'middle', description: 'The account that passes the message on.', starts: ['last'] },
    { name: 'entry', description: 'The account that begins.', starts: ['middle'] },
  ],
  entry: 'entry',
});
