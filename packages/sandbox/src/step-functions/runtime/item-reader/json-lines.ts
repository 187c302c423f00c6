import { messageOf } from '@crosswind/aws/problem';
import type { Json } from '@crosswind/aws/json';
import { MAX_ITEM_CHARACTERS } from './csv-rows.ts';
import { ReadingFailed } from './reading-failed.ts';

/** The values of a file with one JSON text on each line; blank lines are none. */
export async function* jsonLines(texts: AsyncIterable<string>): AsyncGenerator<readonly Json[], void, undefined> {
  let rest = '';
  let count = 0;
  const parsed = (line: string): Json => {
    count++;
    try {
      return JSON.parse(line) as Json;
    } catch (error) {
      const why = messageOf(error);
      throw new ReadingFailed(`Item ${count} of the file is not valid JSON: ${why}`);
    }
  };
  const isText = (line: string): boolean => line.trim() !== '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_ITEM_CHARACTERS) throw new ReadingFailed('A line of the file is larger than 8 MB.');
    const items = lines.filter(isText).map(parsed);
    if (items.length > 0) yield items;
  }
  if (isText(rest)) yield [parsed(rest)];
}
