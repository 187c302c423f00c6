/** A name after a dot. */
export const NAME = String.raw`[^\s.,*[\]()'"]+`;

/** A name in brackets, or a text in a filter. */
export const QUOTED = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;

/**
 * The names in brackets. A backslash hides the quotation mark around it and is part of the name everywhere else:
 * `$['a\"b']` was recorded to name the key `a\"b`, with its backslash.
 */
export const namesIn = (quoted: string): readonly string[] =>
  [...quoted.matchAll(new RegExp(QUOTED, 'g'))].map(([each]) =>
    each.slice(1, -1).replaceAll(`\\${each.charAt(0)}`, each.charAt(0)),
  );
