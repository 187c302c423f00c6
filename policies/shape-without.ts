/** Names by their parts: words and what is between them, in turn. */
interface Names {
  readonly next: Map<string, Names>;
  isName: boolean;
}

/**
 * Parts that CloudFormation generates: the suffix of a name, for example `-C24EA5A56E70`, in lower case for buckets, and the
 * id of a key. An account id has no letter.
 */
const generated =
  /-(?=\d*[A-Z])[0-9A-Z]{12}(?![A-Za-z0-9])|(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|-(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12}(?![A-Za-z0-9])/g;

/**
 * Shape of a text: the text without what CloudFormation generates, and without these names. Only whole names are replaced,
 * and the longest one where a name contains another. Hundreds of accounts have thousands of names, so a text is read once,
 * part by part.
 */
export function shapeWithout(names: readonly string[]): (text: string) => string {
  const root: Names = { next: new Map(), isName: false };
  for (const name of names) add(root, partsOf(name));
  return (text) => replaced(root, partsOf(text.replace(generated, '')));
}

/** Words and what is between them, in turn. */
const partsOf = (text: string): readonly string[] => text.match(/[A-Za-z0-9]+|[^A-Za-z0-9]+/g) ?? [];

function add(root: Names, parts: readonly string[]): void {
  if (parts.length === 0) return;
  let at = root;
  for (const part of parts) {
    const next = at.next.get(part) ?? { next: new Map<string, Names>(), isName: false };
    at.next.set(part, next);
    at = next;
  }
  at.isName = true;
}

function replaced(root: Names, parts: readonly string[]): string {
  let shape = '';
  for (let index = 0; index < parts.length; index += 1) {
    const length = longestName(root, parts, index);
    shape += length === 0 ? (parts[index] ?? '') : '\0';
    index += Math.max(0, length - 1);
  }
  return shape;
}

/** Number of parts of the longest name that begins there; 0 if there is none. */
function longestName(root: Names, parts: readonly string[], start: number): number {
  let [at, longest]: [Names | undefined, number] = [root, 0];
  for (let index = start; at && index < parts.length; index += 1) {
    at = at.next.get(parts[index] ?? '');
    if (at?.isName) longest = index - start + 1;
  }
  return longest;
}
