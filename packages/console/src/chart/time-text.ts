/** Length of time for people: `338 ms`, `2.88 s`, `42 min`, `1 h 15 min`, `3 d 4 h`. */
export function durationText(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${ms < 9_995 ? (ms / 1_000).toFixed(2) : (ms / 1_000).toFixed(1)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 10) return twoUnits(Math.round(ms / 1_000), 60, 'min', 's');
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return twoUnits(minutes, 60, 'h', 'min');
  return twoUnits(Math.round(minutes / 60), 24, 'd', 'h');
}

function twoUnits(count: number, of: number, large: string, small: string): string {
  const rest = count % of;
  return `${Math.floor(count / of)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

/** Time of day in UTC, `05:30:20`. */
export const clockText = (at: number): string => new Date(at).toISOString().slice(11, 19);

/** Time of day in UTC with milliseconds, `05:30:20.000`. */
export const exactClockText = (at: number): string => new Date(at).toISOString().slice(11, 23);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Day in UTC, `27 Nov 2026`. */
export function dayText(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** A time as evidence has it: `27 Nov 2026, 05:30:20.000 UTC`. */
export const timeText = (at: number): string => `${dayText(at)}, ${exactClockText(at)} UTC`;

/** Whole number with separators of thousands. */
export const countText = (count: number): string => count.toLocaleString('en');

/** A number of things: `1 run`, `1,200 runs`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;
