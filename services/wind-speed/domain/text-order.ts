/** Order of UTF-16 code units: the same on every machine, whatever its language. */
export function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
