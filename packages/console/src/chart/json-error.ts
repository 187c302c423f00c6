/** First mistake in a text that should be JSON. */
export interface JsonError {
  /** Index in the text; its length at its end. */
  readonly at: number;
  /** For example `a value`. */
  readonly expected: string;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- what RFC 8259 forbids in strings
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const word = /true|false|null/y;
const space = /[\t\n\r ]*/y;

/**
 * Finds the first mistake (RFC 8259); undefined for JSON. Messages of browsers do not always say where it is. Nested values
 * are kept in a list, so that no depth is too much.
 */
export function jsonError(text: string): JsonError | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    at += found?.length ?? 0;
    return found !== undefined;
  };
  const next = (): string => {
    take(space);
    return text.charAt(at);
  };
  const skip = (character: string): boolean => {
    if (next() !== character) return false;
    at += 1;
    return true;
  };
  /** Closing brackets of what is open, the innermost last. */
  const open: ('}' | ']')[] = [];
  /** A name and its colon, before a value of an object. */
  const name = (): string | undefined => {
    next();
    if (!take(string)) return 'a name in double quotes';
    return skip(':') ? undefined : 'a colon';
  };
  for (;;) {
    // A value begins here.
    if (skip('{')) {
      if (!skip('}')) {
        open.push('}');
        const expected = name();
        if (expected !== undefined) return { at, expected };
        continue;
      }
    } else if (skip('[')) {
      if (!skip(']')) {
        open.push(']');
        continue;
      }
    } else if (!take(string) && !take(number) && !take(word)) return { at, expected: 'a value' };
    // A value has ended here.
    for (let closing = open.at(-1); closing !== undefined && skip(closing); closing = open.at(-1)) open.pop();
    const closing = open.at(-1);
    if (closing === undefined) return next() === '' ? undefined : { at, expected: 'the end' };
    if (!skip(',')) return { at, expected: `a comma or ${closing}` };
    const expected = closing === '}' ? name() : undefined;
    if (expected !== undefined) return { at, expected };
  }
}
