/** Keys and indexes that lead to a value of a JSON document. */
export type Path = readonly PropertyKey[];

/** Something wrong in a JSON document. */
export interface JsonProblem {
  readonly path: Path;
  readonly message: string;
}

/** A path as people write it: `[0].policies.identity[1].Statement[0].Effect`. */
export const placeOf = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'the file';

/** Follows a path through the document as written: a single value in place of a list of one has no index. */
function followed(root: unknown, path: Path): { readonly path: Path; readonly value: unknown } {
  const way: PropertyKey[] = [];
  let value: unknown = root;
  for (const step of path) {
    if (typeof step === 'number' && !Array.isArray(value)) continue;
    way.push(step);
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    value = isThere ? (value as Readonly<Record<PropertyKey, unknown>>)[step] : undefined;
  }
  return { path: way, value };
}

const LONGEST = 60;

/** A value as JSON, cut to 60 characters. */
export function shown(value: unknown): string {
  const text = (JSON.stringify(value) as string | undefined) ?? 'nothing';
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** The problem as one line. */
export const problemLine = ({ path, message }: JsonProblem): string => `${placeOf(path)}: ${message}`;

/** An issue of zod as a problem that names the value it found. */
export function fromIssue(
  root: unknown,
  { path, message, code }: { readonly path: Path; readonly message: string; readonly code: string },
  before: Path = [],
): JsonProblem {
  const said = `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  const { path: way, value: got } = followed(root, path);
  const text =
    code === 'unrecognized_keys' || got === undefined
      ? said
      : `${said.replace(/, received .*$/, '')}, got ${shown(got)}`;
  return { path: [...before, ...way], message: text };
}

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

/** The message of an error, or the text of whatever else was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
