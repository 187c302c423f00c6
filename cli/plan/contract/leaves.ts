import { isArray, isObject, type Json } from '@crosswind/aws/json';

/** Values of JSON that have no others inside, by JSON path. JSON as text, as some integrations return it, is read. */
export function leavesOf(value: Json | undefined, path = '$'): ReadonlyMap<string, Json> {
  const leaves = new Map<string, Json>();
  addLeaves(leaves, value, path);
  return leaves;
}

function addLeaves(leaves: Map<string, Json>, value: Json | undefined, path: string): void {
  if (value === undefined) return;
  const read = typeof value === 'string' ? readText(value) : value;
  const inside: readonly (readonly [string, Json])[] = isArray(read)
    ? read.map((item, index) => [`${path}[${index}]`, item])
    : isObject(read)
      ? Object.entries(read).map(([key, item]) => [`${path}${step(key)}`, item])
      : [];
  if (inside.length === 0) leaves.set(path, read);
  for (const [at, item] of inside) addLeaves(leaves, item, at);
}

const step = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);

function readText(text: string): Json {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The last key of a path; empty for that of an item. */
export const lastKey = (path: string): string => /(?:\.(\w+)|\["(.+)"\])$/.exec(path)?.slice(1).find(Boolean) ?? '';
