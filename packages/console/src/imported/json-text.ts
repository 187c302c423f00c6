import { WrongInput } from './wrong-input.ts';

/** Codes of characters: `charCodeAt` makes no text, and 20 MB have 20 million of them. */
const [tab, newline, carriageReturn, space, quote, comma, backslash] = [9, 10, 13, 32, 34, 44, 92];
const isOpening = (code: number): boolean => code === 91 || code === 123;
const isClosing = (code: number): boolean => code === 93 || code === 125;

/** The first place from `at` on that is not white space. */
export function afterSpace(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code !== space && code !== newline && code !== carriageReturn && code !== tab) return next;
    next += 1;
  }
}

/**
 * The place after a string that begins at `at`.
 *
 * @throws WrongInput
 */
export function afterString(text: string, at: number, name: string): number {
  if (text.charCodeAt(at) !== quote)
    throw at < text.length
      ? new WrongInput(`${placeIn(name, text, at)}: it is not JSON: expected a name in double quotes`)
      : cutOff(name, text);
  for (let next = at + 1; next < text.length; next += 1) {
    const code = text.charCodeAt(next);
    if (code === backslash) next += 1;
    else if (code === quote) return next + 1;
  }
  throw cutOff(name, text);
}

/**
 * The place after a value that begins at `at`; what is inside of its brackets is checked when it is parsed.
 *
 * @throws WrongInput
 */
export function afterValue(text: string, at: number, name: string): number {
  let depth = 0;
  let next = at;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    if (code === quote) {
      next = afterString(text, next, name);
      if (depth === 0) return next;
      continue;
    }
    if (isOpening(code)) depth += 1;
    else if (isClosing(code)) {
      // A number or a word ends where the brackets around it do.
      if (depth === 0) return next;
      depth -= 1;
      if (depth === 0) return next + 1;
    } else if (depth === 0 && (code === comma || (code <= space && next > at))) return next;
    next += 1;
  }
  if (depth === 0) return next;
  throw cutOff(name, text);
}

const cutOff = (name: string, text: string): WrongInput =>
  new WrongInput(
    `${placeIn(name, text, text.length)}: the text ends in the middle of a value: it was cut off, so copy all of it`,
  );

/** A place for people: `history.json, line 3, column 7`. */
export function placeIn(name: string, text: string, at: number): string {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) {
    line += 1;
    start = next + 1;
  }
  return `${name}, line ${line}, column ${at - start + 1}`;
}
