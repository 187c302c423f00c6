import { isArray, isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { PathFailed } from '../query.ts';

/**
 * Looks that a search may take. Each that selects adds at least one byte to the result, and a payload has at most
 * 262,144; four times as much takes less than half a second here.
 */
const mostLooks = 1_000_000;

/**
 * Refuses a search whose time grows faster than its data: each `..` begins anew at every value that the one before found.
 * @throws PathFailed
 */
export function checkSearch(path: string, searches: number, value: Json): void {
  if (searches === 0) return;
  let looks = 0;
  const waiting: (readonly [value: Json, depth: number])[] = [[value, 1]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [each, depth] = next;
    looks += depth ** searches;
    if (looks > mostLooks) {
      throw new PathFailed(`The path '${path}' searches data that are too large or too deep for it in the sandbox`);
    }
    if (isArray(each)) for (const item of each) waiting.push([item, depth + 1]);
    else if (isObject(each)) for (const item of Object.values(each)) waiting.push([item, depth + 1]);
  }
}
