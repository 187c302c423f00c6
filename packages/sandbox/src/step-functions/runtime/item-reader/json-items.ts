import { messageOf } from '@crosswind/aws/problem';
import { type Json, isArray, isObject } from '@crosswind/aws/json';
import type { ItemPage } from '@crosswind/workflow/map-run/protocol';
import { ReadingFailed } from './reading-failed.ts';

type Items = Pick<ItemPage, 'items' | 'keys'>;

/** A JSON file is read as a whole, so it may not fill the memory; AWS reads up to 10 GB. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

const ITEMS_PER_PAGE = 1_000;

/** The elements of the array, or the values of the object, at a pointer in a JSON file. */
export async function* jsonItems(texts: AsyncIterable<string>, pointer = ''): AsyncGenerator<Items, void, undefined> {
  const found = at(pointer, await parsed(texts));
  if (!isArray(found) && !isObject(found)) throw new ReadingFailed('Attempting to map over non-iterable node.');
  const keys = isArray(found) ? undefined : Object.keys(found);
  const items: readonly Json[] = Object.values(found);
  for (let first = 0; first < items.length; first += ITEMS_PER_PAGE) {
    const last = first + ITEMS_PER_PAGE;
    yield { items: items.slice(first, last), keys: keys?.slice(first, last) };
  }
}

async function parsed(texts: AsyncIterable<string>): Promise<Json> {
  const pieces: string[] = [];
  let length = 0;
  for await (const text of texts) {
    pieces.push(text);
    length += text.length;
    if (length > MAX_CHARACTERS)
      throw new ReadingFailed('The sandbox reads JSON files of up to 64 MiB; use JSON Lines');
  }
  try {
    return JSON.parse(pieces.join('')) as Json;
  } catch (error) {
    throw new ReadingFailed(`The file is not valid JSON: ${messageOf(error)}`);
  }
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function at(pointer: string, json: Json): Json {
  let found: Json | undefined = json;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isArray(found)) found = /^(0|[1-9]\d*)$/.test(name) ? found[Number(name)] : undefined;
    else found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
    if (found === undefined)
      throw new ReadingFailed(`The ItemsPointer ${pointer} does not refer to anything in the file`);
  }
  return found;
}
