import { daysIn, missingTenths } from './gsod-fields.ts';
import { publishedRow } from './published-layout.ts';
import { twoCharacters } from './two-characters.ts';
import type { WindSums } from './wind-sums.ts';

/** The rows of an object, all of the same length. */
export interface Strides {
  /** First byte of the first row; the byte before it is a line feed. */
  readonly first: number;
  /** First byte of the last row. */
  readonly last: number;
  /** Bytes in a row, its line feed included. */
  readonly stride: number;
}

/**
 * Sums a station's year into `months` and its days into `dayBits`, reading 44 bytes of each row and checking every one of them. Answers the number
 * of rows; undefined when a row is not as published, is of another station or year than the last one, or is not newer
 * than the row before. What else a row holds cannot change the sums and is not looked at.
 *
 * Characters are read several at a time, as little-endian numbers: the first one is the lowest byte. Eight at a time
 * are a double, because text is never NaN or zero: equal numbers are equal bytes.
 */
export function sumStrides(
  bytes: DataView,
  { first, last, stride }: Strides,
  months: (WindSums | undefined)[],
  dayBits: number[],
): number | undefined {
  const numbers = twoCharacters;
  const { yearAt, monthAt, dayAt, wdspToEnd } = publishedRow;
  const wdspAt = stride - wdspToEnd;
  const separator = 0x22_2c_22; // `","`
  const stationStart = bytes.getFloat64(last - 1, true); // ⏎"726130
  const stationEnd = bytes.getFloat64(last + 7, true); // 14755","
  const year = bytes.getInt32(last + yearAt, true);

  const calendarYear = (numbers[year & 0xff_ff] ?? 0) * 100 + (numbers[year >>> 16] ?? 0);

  let month = 0;
  for (let row = first; row <= last;) {
    const yearAndMonth = bytes.getFloat64(row + yearAt, true); // 2022-01-
    const monthText = bytes.getInt32(row + monthAt, true) ^ 0x2d_30_30_2d; // -01- becomes 0, 0, 1, 0
    const nextMonth = numbers[bytes.getUint16(row + monthAt + 1, true)] ?? -1;
    if (nextMonth <= month || nextMonth > 12 || (monthText & 0xff_f0_f0_ff) !== 0) return undefined;
    if (bytes.getInt32(row + yearAt, true) !== year) return undefined;
    month = nextMonth;

    let day = 0;
    let sumTenths = 0;
    let days = 0;
    let sumWeighted = 0;
    let reports = 0;
    let bits = 0;
    for (; row <= last && bytes.getFloat64(row + yearAt, true) === yearAndMonth; row += stride) {
      if (bytes.getFloat64(row - 1, true) !== stationStart) return undefined;
      if (bytes.getFloat64(row + 7, true) !== stationEnd) return undefined;
      const dayText = bytes.getInt32(row + dayAt, true); // 31",
      const nextDay = numbers[dayText & 0xff_ff] ?? -1;

      const wdsp = row + wdspAt; // `  6.9","24","`, behind `","`
      const tens = numbers[bytes.getUint16(wdsp, true)] ?? -1;
      const rest = (bytes.getInt32(wdsp + 1, true) >>> 8) ^ 0x30_2e_30; // 6.9 becomes 6, 0, 9
      const count = bytes.getUint16(wdsp + 8, true);
      const dayReports = numbers[count] ?? -1;

      const wrong =
        ((dayText ^ 0x2c_22_30_30) & 0xff_ff_f0_f0) | // two digits and `",`
        (~count & 0x10_00) | // its second character is no blank: that has not the bit that digits have
        ((bytes.getInt32(wdsp - 4, true) >>> 8) ^ separator) |
        ((bytes.getInt32(wdsp + 4, true) >>> 8) ^ separator) |
        ((bytes.getInt32(wdsp + 9, true) >>> 8) ^ separator) |
        ((rest | (rest + 0x76_7f_76)) & 0x80_80_80); // more than 9, 0, 9 reaches the top bit
      const negative = (nextDay - day - 1) | (31 - nextDay) | tens | dayReports;
      if (wrong !== 0 || negative < 0) return undefined;

      day = nextDay;
      const tenths = (tens * 100 + (rest & 0xf) * 10 + (rest >>> 16)) | 0;
      if (tenths === missingTenths) continue;
      // Sums of at most 31 days stay far below 2^31: `| 0` says so, and spares the checks.
      sumTenths = (sumTenths + tenths) | 0;
      days = (days + 1) | 0;
      bits |= 1 << (day - 1);
      sumWeighted = (sumWeighted + tenths * dayReports) | 0;
      reports = (reports + dayReports) | 0;
    }
    if (day > daysIn(calendarYear, month)) return undefined;
    if (days === 0) continue;
    months[month - 1] = { sumTenths, days, sumWeighted, reports };
    dayBits[month - 1] = bits;
  }
  return 1 + (last - first) / stride;
}
