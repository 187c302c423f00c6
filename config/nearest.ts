/** The word that was most likely meant: the one with the fewest letters changed, if half of them fit, or all of the shorter. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: { readonly word: string; readonly changes: number } | undefined;
  const given = word.toLowerCase();
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    const changes = distance(given, other);
    const isStart = other.startsWith(given) || given.startsWith(other);
    const isNear = isStart || changes <= Math.ceil(Math.max(given.length, other.length) / 2);
    if (isNear && changes < (best?.changes ?? Infinity)) best = { word: candidate, changes };
  }
  return best?.word;
}

/** Letters to insert, delete or replace, or adjacent letters to swap, to get from one word to the other. */
function distance(from: string, to: string): number {
  let older: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (older[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [older, last] = [last, next];
  }
  return last[to.length] ?? 0;
}

/** `a, b, c`, cut after ten, for sentences that name what is known. */
export function listed(words: Iterable<string>): string {
  const all = [...words];
  if (all.length === 0) return 'none';
  const rest = all.length - 10;
  return rest > 0 ? `${all.slice(0, 10).join(', ')} and ${rest} more` : all.join(', ');
}
