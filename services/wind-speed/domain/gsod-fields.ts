/** Byte readers for the fields of a Global Surface Summary of the Day row; each answers undefined for what it cannot read. */

/** WDSP 999.9 says "not measured". The same digits mean something else in other columns. */
export const missingTenths = 9999;

const space = 0x20;
const dash = 0x2d;
const point = 0x2e;
const zero = 0x30;

/** WDSP in tenths of a knot: right-aligned, one decimal, below 1000 knots, e.g. ` 16.6` is 166. */
export function readTenths(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (bytes[end - 2] !== point) return undefined;
  const knots = readCount(bytes, start, end - 2);
  const tenth = digit(bytes[end - 1]);
  return knots === undefined || tenth === undefined || knots > 999 ? undefined : knots * 10 + tenth;
}

/** A right-aligned whole number of up to six digits, e.g. the reports behind a mean in WDSP_ATTRIBUTES: ` 8` is 8. */
export function readCount(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start;
  while (at < end && bytes[at] === space) at += 1;
  if (at >= end || end - at > 6) return undefined;
  return readDigits(bytes, at, end);
}

/** DATE as one sortable number, e.g. `2022-12-31` is 20221231. */
export function readDate(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start !== 10 || bytes[start + 4] !== dash || bytes[start + 7] !== dash) return undefined;
  const year = readDigits(bytes, start, start + 4);
  const month = readDigits(bytes, start + 5, start + 7);
  const day = readDigits(bytes, start + 8, end);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return day < 1 || day > daysIn(year, month) ? undefined : year * 10_000 + month * 100 + day;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month (1 to 12) in the Gregorian calendar; 0 for any other month. */
export function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (monthLengths[month - 1] ?? 0);
}

function readDigits(bytes: Uint8Array, start: number, end: number): number | undefined {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const next = digit(bytes[at]);
    if (next === undefined) return undefined;
    value = value * 10 + next;
  }
  return value;
}

function digit(byte: number | undefined): number | undefined {
  return byte !== undefined && byte >= zero && byte <= zero + 9 ? byte - zero : undefined;
}
