/** A range of mean wind speeds in mph, from `from` up to but not including `to`, drawn in one color. */
export interface WindClass {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
}

/**
 * Bounds in mph chosen so that no class holds more than about a third of the world's stations (median about 7 mph).
 * Colors: "mako" of seaborn, reversed. Lightness falls evenly, so the order shows in gray and with any color blindness.
 */
export const windClasses: readonly WindClass[] = [
  { from: 0, to: 4, colour: '#9fdcbf' },
  { from: 4, to: 6, colour: '#5bcbad' },
  { from: 6, to: 8, colour: '#37a9ac' },
  { from: 8, to: 10, colour: '#3486a5' },
  { from: 10, to: 13, colour: '#3b6399' },
  { from: 13, to: 17, colour: '#403f7c' },
  { from: 17, to: Infinity, colour: '#26132f' },
];

/** How a legend names the class, e.g. `under 4`, `4–6`, `17 and over`. */
export function classLabel({ from, to }: WindClass): string {
  if (from === 0) return `under ${to}`;
  return to === Infinity ? `${from} and over` : `${from}–${to}`;
}
