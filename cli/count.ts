/** `1 object`, `3,000 objects`. */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** `3,000`. */
export const count = (value: number): string => value.toLocaleString('en-US');
