const width = 60;
const blocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Values from left to right as one line of at most 60 bars from zero; a bar of a longer line is the highest of its values. */
export function chartLine(values: readonly number[]): string {
  const most = highest(values);
  return squeezed(values)
    .map((value) => blocks[level(value, most)])
    .join('');
}

/** The highest value, at least zero. */
export const highest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

const level = (value: number, most: number): number =>
  value <= 0 ? 0 : Math.max(1, Math.round((value / most) * (blocks.length - 1)));

function squeezed(values: readonly number[]): readonly number[] {
  const cells = Math.min(width, values.length);
  return Array.from({ length: cells }, (_, cell) =>
    highest(values.slice(Math.floor((cell * values.length) / cells), Math.floor(((cell + 1) * values.length) / cells))),
  );
}
