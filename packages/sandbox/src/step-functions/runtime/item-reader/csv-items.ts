import type { Json } from '@crosswind/aws/json';
import { CsvRows } from './csv-rows.ts';
import { ReadingFailed } from './reading-failed.ts';

interface CsvFormat {
  /** One character. */
  readonly delimiter: string;
  /** @default the first row */
  readonly headers?: readonly string[];
}

/** A header may have 10 KiB (input-output-itemreader). */
const MAX_HEADER_BYTES = 10 * 1024;

/** Each row of a file as an object of texts: fields that are missing are empty, and those without a header left out. */
export async function* csvItems(
  texts: AsyncIterable<string>,
  { delimiter, headers: given }: CsvFormat,
): AsyncGenerator<readonly Json[], void, undefined> {
  const rows = new CsvRows(delimiter);
  let headers = given && checked(given);
  const itemsOf = (found: readonly (readonly string[])[]): readonly Json[] => {
    const names = headers ?? (found[0] && checked(found[0]));
    const values = headers ? found : found.slice(1);
    headers = names;
    return values.map((row) => Object.fromEntries((names ?? []).map((name, i) => [name, row[i] ?? ''])));
  };
  for await (const text of texts) {
    const items = itemsOf(rows.push(text));
    if (items.length > 0) yield items;
  }
  const items = itemsOf(rows.end());
  if (items.length > 0) yield items;
}

function checked(headers: readonly string[]): readonly string[] {
  if (new Set(headers).size < headers.length) throw new ReadingFailed('CSV headers cannot contain duplicates.');
  if (Buffer.byteLength(headers.join()) > MAX_HEADER_BYTES)
    throw new ReadingFailed('CSV headers cannot exceed 10 KiB.');
  return headers;
}
