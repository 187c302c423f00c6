import { geoContains } from 'd3-geo';
import { describe, expect, test } from 'vitest';
import { land } from '../../domain/land.ts';
import { parseObject } from '../../domain/parse-object.ts';
import { generatedStation } from '../../sample/generated-station.ts';
import { generateObject, generateObjects } from '../../sample/generate-objects.ts';
import { header } from '../../sample/gsod-layout.ts';

describe('generated objects', () => {
  test('are the same for the same seed, and others for another', () => {
    const body = (seed: number) => generateObject(7, { objects: 10, seed }).body;
    expect(body(1).equals(body(1))).toBe(true);
    expect(body(1).equals(body(2))).toBe(false);
    expect(body(1).toString().split('\n')[1]).toMatchInlineSnapshot(
      `""06544399999","2023-01-01","54.90790","27.88296","298.4","GENERATED PLAINS 0007, XP","  19.2","24","  12.9","24","1007.1","24","973.4","24"," 10.0","24"," 11.8","24"," 18.5","999.9","  25.5"," ","  12.9"," "," 0.00","G","999.9","000000""`,
    );
  });

  test('come year after year, with the same stations in each', () => {
    const keys = [...generateObjects({ objects: 6, years: [2022, 2023], days: 1 })].map(({ key }) => key.split('/'));
    expect(keys.map(([year]) => year)).toEqual(['2022', '2022', '2022', '2023', '2023', '2023']);
    expect(keys.slice(0, 3).map(([, file]) => file)).toEqual(keys.slice(3).map(([, file]) => file));
  });

  test('have a row for every day of the year, or as many as asked for, over all months', () => {
    const rows = (year: number, days?: number) => {
      const parsed = parseObject(generateObject(1, { objects: 2, years: [year], days }).body);
      return parsed.ok ? parsed.rows : parsed.problem;
    };
    expect([rows(2023), rows(2024), rows(2023, 24), rows(2023, 1000)]).toEqual([365, 366, 24, 365]);
    const dates = generateObject(1, { objects: 2, days: 12 })
      .body.toString()
      .matchAll(/"2023-(\d\d)-/g);
    expect(new Set(Array.from(dates, ([, month]) => month)).size).toBe(12);
  });

  test('have the published layout: header, constant row length, wind speed 82 bytes before the end of each row', () => {
    const { body } = generateObject(3, { objects: 5 });
    expect(body.subarray(0, header.length).equals(header)).toBe(true);
    const rows = body.subarray(header.length).toString().trimEnd().split('\n');
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    for (const row of rows) {
      expect(row.slice(-82, -77)).toMatch(/^ *\d+\.\d$/);
      expect(row).toMatch(
        /^"\w{11}","\d{4}-\d\d-\d\d",("[^"]*"|),("[^"]*"|),("[^"]*"|),("[^"]*"|),("[ \d.-]{6}","[ \d]{2}",){3}"[\d.]{5}","[ \d]{2}",("[ \d.]{5}","[ \d]{2}",){2}("[ \d.]{5}",){2}("[ \d.-]{6}","[ *]",){2}"[ \d.]{5}","[A-I]","[\d.]{5}","[01]{6}"$/,
      );
    }
  });

  test('are plausible: 3.6 % of the days and 2.8 % of the stations without wind, a mean of 5 to 8 knots', () => {
    let [rows, days, tenths, silent] = [0, 0, 0, 0];
    for (const { key, body } of generateObjects({ objects: 2000, days: 40 })) {
      const parsed = parseObject(body);
      if (!parsed.ok) throw new Error(`${key}: ${parsed.problem}`);
      const sums = [...parsed.stationYears].flatMap(({ months }) => months.filter((month) => month !== undefined));
      rows += parsed.rows;
      days += sums.reduce((total, month) => total + month.days, 0);
      tenths += sums.reduce((total, month) => total + month.sumTenths, 0);
      if (sums.length === 0) silent += 1;
    }
    expect(1 - days / rows).toBeCloseTo(0.036, 2);
    expect(silent / 2000).toBeCloseTo(0.028, 2);
    expect(tenths / days / 10).toBeGreaterThan(5);
    expect(tenths / days / 10).toBeLessThan(8);
  });
});

describe('generated stations', () => {
  const stations = Array.from({ length: 3000 }, (_, index) => generatedStation(index, 1));

  test('say in their name that they are generated', () => {
    for (const { name } of stations) expect(name).toMatch(/^GENERATED [A-Z]+ \d{4}, (X[A-Z]|XX US)$/);
  });

  test('have distinct ids, some with letters, some with leading zeros, some without a position', () => {
    const share = (is: (station: (typeof stations)[number]) => boolean) => stations.filter(is).length / stations.length;
    expect(new Set(stations.map(({ id }) => id)).size).toBe(3000);
    expect(share(({ id }) => id.startsWith('A'))).toBeCloseTo(0.004, 3);
    expect(share(({ id }) => id.startsWith('0'))).toBeCloseTo(0.1, 2);
    expect(share(({ unplaced }) => unplaced)).toBeCloseTo(0.005, 3);
  });

  test('stand on land', () => {
    const inSea = stations.slice(0, 300).filter(({ longitude, latitude }) => !geoContains(land, [longitude, latitude]));
    expect(inSea.length).toBeLessThanOrEqual(3);
  });
});
