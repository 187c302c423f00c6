import { z } from 'zod';
import { defineContract } from '../../blocks/contract.ts';

/** Settings of a team in `platform.yaml`, for each wave. */
const settings = z.strictObject({
  topWords: z.int().min(1).max(20).default(3).describe('Words in the result, the most frequent first.'),
});

export type Settings = z.infer<typeof settings>;

/** Counts the words of a text: `front` takes the text in one account, `back` counts in another. */
export const contract = defineContract({
  settings,
  stages: [
    { name: 'back', description: 'The account that counts the words.' },
    { name: 'front', description: 'The account that takes the text.', starts: ['back'] },
  ],
  entry: 'front',
});
