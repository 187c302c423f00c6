import type { Counted } from './counted.ts';
import { read } from './objects.ts';

interface Batch {
  readonly Items: readonly { readonly Key: string }[];
}

/** Counts the words of a batch. */
export async function handler({ Items }: Batch): Promise<Counted> {
  const texts = await Promise.all(Items.map(({ Key }) => read(process.env['SOURCE_BUCKET'], Key)));
  const words = texts.flatMap((text) => text.split(/\s+/).filter((word) => word !== ''));
  return { objects: texts.length, words: words.length };
}
