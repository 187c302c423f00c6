/** A key that an object of a JSON text has twice, with the offsets of both. */
export interface DuplicateKey {
  readonly key: string;
  readonly first: number;
  readonly second: number;
}

/** The first duplicate key of a valid JSON text. JSON.parse keeps the last value and drops the others silently. */
export function duplicateKey(text: string): DuplicateKey | undefined {
  const open: (Map<string, number> | undefined)[] = [];
  let isKey = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      const keys = isKey ? open.at(-1) : undefined;
      const key = keys && (JSON.parse(text.slice(at, end + 1)) as string);
      const first = key === undefined ? undefined : keys?.get(key);
      if (key !== undefined && first !== undefined) return { key, first, second: at };
      if (key !== undefined) keys?.set(key, at);
      at = end;
      isKey = false;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Map() : undefined);
      isKey = character === '{';
    } else if (character === '}' || character === ']') open.pop();
    else if (character === ',') isKey = open.at(-1) !== undefined;
  }
  return undefined;
}

/** Offset of the quotation mark that ends the string at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}
