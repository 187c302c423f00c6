import { describe, expect, test } from 'vitest';
import { decodeHeader, decodeStationYear, encodePartial, yearOf } from '../../domain/partial.ts';
import type { StationYear } from '../../domain/station-year.ts';

const station = (id: string, year: number, months: StationYear['months'] = []): StationYear => ({
  station: id,
  year,
  place: { name: 'JAN MAYEN NOR NAVY, NO', latitude: 70.9333333, longitude: -8.6666667 },
  placeDate: year * 10_000 + 1231,
  months,
});

const march = station('01001099999', 2022, [
  undefined,
  undefined,
  { sumTenths: 7, days: 1, sumWeighted: 168, reports: 24 },
]);
const batch = {
  execution: 'run',
  batch: 'b1',
  objects: 3,
  failures: [{ key: '2022/x.csv', reason: 'row 2: expected 28 fields, got 1' }],
};
const lines = encodePartial({ ...batch, stationYears: [march, station('00702699999', 2022), station('A', 2021)] });

describe('a partial', () => {
  test('is a header and one line for each year and station, in order', () => {
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "{"format":"wind-speed partial","version":1,"execution":"run","batch":"b1","objects":3,"years":[[2021,1],[2022,2]],"failures":[{"key":"2022/x.csv","reason":"row 2: expected 28 fields, got 1"}]}
      [2021,"A",20211231,"JAN MAYEN NOR NAVY, NO",70.9333333,-8.6666667,[]]
      [2022,"00702699999",20221231,"JAN MAYEN NOR NAVY, NO",70.9333333,-8.6666667,[]]
      [2022,"01001099999",20221231,"JAN MAYEN NOR NAVY, NO",70.9333333,-8.6666667,[[3,7,1,168,24]]]"
    `);
  });

  test('reads back as it was written', () => {
    expect(decodeHeader(lines[0] ?? '')).toMatchObject(batch);
    expect(decodeStationYear(lines[3] ?? '')).toEqual(march);
    expect(lines.slice(1).map(yearOf)).toEqual([2021, 2022, 2022]);
  });

  test('line of one object names it and the days that it has', () => {
    const part = { ...march, dayBits: [undefined, undefined, 0b100] as number[], key: '2022/x.csv' };
    const [, line = ''] = encodePartial({ ...batch, stationYears: [part] });
    expect(line).toMatch(/,\[\[3,7,1,168,24\]\],\["2022\/x\.csv",\[4\]\]\]$/);
    expect(decodeStationYear(line)).toEqual(part);
  });

  test('of another version is refused', () => {
    const newer = (lines[0] ?? '').replace('"version":1', '"version":2');
    expect(() => decodeHeader(newer)).toThrow('expected the header of a wind-speed partial of version 1, got "{');
  });

  test.each([
    ['no JSON', 'garbage'],
    ['a month 13', '[2022,"A",20221231,null,null,null,[[13,1,1,1,1]]]'],
    ['a fraction', '[2022,"A",20221231,null,null,null,[[1,1.5,1,1,1]]]'],
    ['a sum missing', '[2022,"A",20221231,null,null,null,[[1,1,1,1]]]'],
    ['half a line', '[2022,"A",2022'],
    ['no list', '{"year":2022}'],
    ['a year of five digits', '[20221,"A",20221231,null,null,null,[]]'],
    ['no station', '[2022,"",20221231,null,null,null,[]]'],
    ['a number for a station', '[2022,1,20221231,null,null,null,[]]'],
    ['a date before all time', '[2022,"A",-1,null,null,null,[]]'],
    ['a number for a name', '[2022,"A",20221231,1,null,null,[]]'],
    ['a text for a latitude', '[2022,"A",20221231,null,"1",null,[]]'],
    ['an endless longitude', '[2022,"A",20221231,null,null,1e999,[]]'],
    ['more than it should hold', '[2022,"A",20221231,null,null,null,[],0]'],
    ['an object without days', '[2022,"A",20221231,null,null,null,[],["x"]]'],
    ['days of another month', '[2022,"A",20221231,null,null,null,[],["x",[1]]]'],
    ['a day 32', '[2022,"A",20221231,null,null,null,[[1,1,1,1,1]],["x",[2147483648]]]'],
    ['no months', '[2022,"A",20221231,null,null,null,null]'],
    ['a month 0', '[2022,"A",20221231,null,null,null,[[0,1,1,1,1]]]'],
    ['a sum below zero', '[2022,"A",20221231,null,null,null,[[1,-1,1,1,1]]]'],
    ['a sum that is not exact', '[2022,"A",20221231,null,null,null,[[1,9007199254740993,1,1,1]]]'],
    ['a sum too many', '[2022,"A",20221231,null,null,null,[[1,1,1,1,1,1]]]'],
    ['a number for a month', '[2022,"A",20221231,null,null,null,[1]]'],
  ])('line with %s is refused', (_, line) => {
    expect(() => decodeStationYear(line)).toThrow("expected a station's year in a partial, got");
  });

  test('line without a year is refused, even when another year is wanted', () => {
    expect(() => yearOf('garbage')).toThrow('expected a partial\'s line to begin with its year, got "garbage"');
  });
});
