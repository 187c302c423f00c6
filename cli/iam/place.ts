/** The way to a value in JSON, from the outside in. */
export type Path = readonly PropertyKey[];

/** One thing that is wrong, with its place. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** A path as people write it: `[0].policies.identity[1].Statement[0].Effect`. */
export const placeOf = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'the file';

/** Follows a path through JSON as it was written: what stands for a list of itself has no place in it. */
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

/** What came, as JSON; cut short where it is long. */
export function shown(value: unknown): string {
  const text = (JSON.stringify(value) as string | undefined) ?? 'nothing';
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** The problem as a line, with what came at its place. */
export const problemLine = ({ path, message }: Problem): string => `${placeOf(path)}: ${message}`;

/** zod's words with the value that came, in our case. */
export function fromIssue(
  root: unknown,
  { path, message, code }: { readonly path: Path; readonly message: string; readonly code: string },
  before: Path = [],
): Problem {
  const said = `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  const { path: way, value: got } = followed(root, path);
  const told =
    code === 'unrecognized_keys' || got === undefined
      ? said
      : `${said.replace(/, received .*$/, '')}, got ${shown(got)}`;
  return { path: [...before, ...way], message: told };
}
