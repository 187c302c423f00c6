import { describe, expect, test } from 'vitest';
import { parseObject } from '../../domain/parse-object.ts';
import type { StationYear } from '../../domain/station-year.ts';
import { gsod, janMayen, line, nowhere } from './gsod.ts';

function parsed(bytes: Uint8Array): { rows: number; stationYears: readonly StationYear[] } {
  const result = parseObject(bytes);
  if (!result.ok) throw new Error(result.problem);
  return { rows: result.rows, stationYears: [...result.stationYears] };
}

function problem(text: string | Uint8Array): string {
  const result = parseObject(typeof text === 'string' ? Buffer.from(text) : text);
  return result.ok ? 'none' : result.problem;
}

const january = { sumTenths: 166 + 52, days: 2, sumWeighted: 166 * 19 + 52 * 4, reports: 23 };
const twoDays = gsod({}, { date: '2022-01-02', wdsp: '  5.2', reports: ' 4' });

describe('an object', () => {
  test('becomes four integers for each station, year and month', () => {
    const { rows, stationYears } = parsed(twoDays);
    expect(rows).toBe(2);
    expect(stationYears).toEqual([
      {
        station: '01001099999',
        year: 2022,
        place: { name: 'JAN MAYEN NOR NAVY, NO', latitude: 70.9333333, longitude: -8.6666667 },
        placeDate: 20220102,
        months: [january],
        dayBits: [0b11],
      },
    ]);
  });

  test('may hold unquoted empty position and name', () => {
    const { stationYears } = parsed(gsod({ station: '99999900180', place: nowhere }));
    expect(stationYears[0]).toMatchObject({
      place: { name: null, latitude: null, longitude: null },
      months: [{ days: 1 }],
    });
  });

  test('may hold commas, doubled quotes and line feeds in a name', () => {
    const { stationYears } = parsed(gsod({ place: '"1.0","2.0","3.0","THE ""OLD""\nMILL, NH US"' }));
    expect(stationYears[0]?.place.name).toBe('THE "OLD"\nMILL, NH US');
  });

  test('counts 999.9 as no day at all, but only where it is the wind speed', () => {
    const { rows, stationYears } = parsed(gsod({ wdsp: '999.9', reports: ' 0' }, { date: '2022-02-01' }));
    expect(rows).toBe(2);
    expect(stationYears[0]?.months).toEqual([undefined, { sumTenths: 166, days: 1, sumWeighted: 3154, reports: 19 }]);
  });

  test('counts a calm day as a day', () => {
    expect(parsed(gsod({ wdsp: '  0.0' })).stationYears[0]?.months[0]).toMatchObject({ sumTenths: 0, days: 1 });
  });

  test('without any wind still tells of its station', () => {
    const { stationYears } = parsed(gsod({ wdsp: '999.9', reports: ' 0' }));
    expect(stationYears).toMatchObject([{ station: '01001099999', months: [] }]);
  });

  test('is about the stations in its rows, whatever letters and zeros their ids hold', () => {
    const { stationYears } = parsed(
      gsod({ station: '00000100002' }, { station: 'A0735500241' }, { station: '00000100002', date: '2022-01-02' }),
    );
    expect(stationYears.map(({ station, months }) => [station, months[0]?.days])).toEqual([
      ['00000100002', 2],
      ['A0735500241', 1],
    ]);
  });

  test('may cross a year', () => {
    const { stationYears } = parsed(gsod({ date: '2021-12-31' }, { date: '2022-01-01' }, { date: '2021-12-30' }));
    expect(stationYears.map(({ year, months }) => [year, months.at(-1)?.days])).toEqual([
      [2021, 2],
      [2022, 1],
    ]);
  });

  test('keeps the place of its newest day, in whatever order the days come', () => {
    const moved = { date: '2022-03-01', place: '"71.0","-8.0","9.0","NEW, NO"' };
    for (const rows of [
      [{}, moved],
      [moved, {}],
    ]) {
      expect(parsed(gsod(...rows)).stationYears[0]).toMatchObject({ place: { name: 'NEW, NO' }, placeDate: 20220301 });
    }
  });

  test('says nothing of a position that is not on Earth', () => {
    const { stationYears } = parsed(gsod({ place: '"-999.999","-999.999","","NOWHERE, XX"' }));
    expect(stationYears[0]?.place).toEqual({ name: 'NOWHERE, XX', latitude: null, longitude: null });
  });

  test('with a header only is valid and empty', () => {
    expect(parsed(gsod())).toEqual({ rows: 0, stationYears: [] });
  });

  const text = twoDays.toString();
  test.each([
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${text}`],
    ['no final newline', text.slice(0, -1)],
    ['CRLF and no final newline', text.replaceAll('\n', '\r\n').slice(0, -2)],
    ['no quotes around numbers', text.replaceAll(/"( *[\d.]+)"/g, '$1')],
    ['a hundred more columns', text.replaceAll(/$/gm, ',"x"'.repeat(100)).replace(/,("x",?)+$/, '')],
    ['columns in another order', text.replaceAll(/^(.*?),(.*?),(.*)$/gm, '$3,$2,$1')],
  ])('reads the same with %s', (_, variant) => {
    expect(parsed(Buffer.from(variant))).toEqual(parsed(twoDays));
  });
});

describe('a malformed object', () => {
  const good = gsod().toString() + line({});
  const bad = (row: Parameters<typeof line>[0]) => good + line(row);
  test.each([
    ['nothing', '', 'expected a header row, got an empty object'],
    ['only a byte order mark', '\uFEFF', 'expected a header row, got an empty object'],
    ['too few fields', `${good}"01001099999","2022-01-01"\n`, 'row 3: expected 28 fields, got 2'],
    ['an empty line', `${good}\n`, 'row 3: expected 28 fields, got 1'],
    [
      'no wind speed',
      bad({ wdsp: '     ' }),
      'row 3, column WDSP: expected knots to one decimal, below 1000, got "     "',
    ],
    [
      'a word for a wind speed',
      bad({ wdsp: 'calm' }),
      'row 3, column WDSP: expected knots to one decimal, below 1000, got "calm"',
    ],
    [
      'a negative wind speed',
      bad({ wdsp: ' -1.0' }),
      'row 3, column WDSP: expected knots to one decimal, below 1000, got " -1.0"',
    ],
    [
      'hundredths of a knot',
      bad({ wdsp: '16.65' }),
      'row 3, column WDSP: expected knots to one decimal, below 1000, got "16.65"',
    ],
    [
      "another column's missing value",
      bad({ wdsp: '9999.9' }),
      'row 3, column WDSP: expected knots to one decimal, below 1000, got "9999.9"',
    ],
    [
      'no number of reports',
      bad({ reports: '  ' }),
      'row 3, column WDSP_ATTRIBUTES: expected a number of reports, got "  "',
    ],
    [
      'a month 13',
      bad({ date: '2022-13-01' }),
      'row 3, column DATE: expected a day such as 2022-12-31, got "2022-13-01"',
    ],
    ['no station', bad({ station: '' }), 'row 3, column STATION: expected a station id, got ""'],
    [
      'a word for a latitude',
      bad({ place: '"north","1.0","","X"' }),
      'row 3, column LATITUDE: expected degrees, or nothing, got "north"',
    ],
    [
      'a hexadecimal longitude',
      bad({ place: '"1.0","0x10","","X"' }),
      'row 3, column LONGITUDE: expected degrees, or nothing, got "0x10"',
    ],
    ['an open quote', `${good}"01001099999,\n${line({})}`, 'row 3: text follows a closing quote'],
    ['an open quote before other rows', `${good}"01001099999,\n`, 'row 3: a quote is never closed'],
    ['nothing but the beginning of a row', `${gsod().toString()}"01001099999`, 'row 2: a quote is never closed'],
    [
      'a 30th of February',
      bad({ date: '2022-02-30' }),
      'row 3, column DATE: expected a day such as 2022-12-31, got "2022-02-30"',
    ],
    [
      'a leap day of a common year',
      bad({ date: '1900-02-29' }),
      'row 3, column DATE: expected a day such as 2022-12-31, got "1900-02-29"',
    ],
    ['text behind a quote', `${good}"01001099999"x,`, 'row 3: text follows a closing quote'],
    ['a quote inside a field', `${good}0100"1099999,`, 'row 3: a quote stands inside an unquoted field'],
  ])('is one with %s', (_, text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  test('is one whose header has a column twice', () => {
    const twice = gsod({}).toString().replace('"GUST"', '"WDSP"');
    expect(problem(twice)).toMatch(/^row 1: expected column WDSP once, got STATION, /);
    expect(problem(gsod({}).toString().replace('"GUST"', '"MAX"'))).toBe('none');
  });

  test('names the columns it lacks', () => {
    expect(problem('"STATION","DATE","LATITUDE","LONGITUDE","NAME"\n')).toBe(
      'row 1: expected column WDSP, WDSP_ATTRIBUTES, got STATION, DATE, LATITUDE, LONGITUDE, NAME',
    );
  });

  test('is found behind a good row with the same place', () => {
    expect(problem(bad({ place: janMayen, wdsp: '1,2.3' }))).toMatch(/^row 3, column WDSP/);
  });
});

describe('an object of which something is left out', () => {
  const leftOut = (bytes: Uint8Array) => {
    const result = parseObject(bytes);
    if (!result.ok) throw new Error(result.problem);
    return { rows: result.rows, leftOut: result.leftOut, months: [...result.stationYears][0]?.months };
  };

  test('has a day twice: its first row is counted', () => {
    expect(leftOut(gsod({}, { date: '2022-01-02', wdsp: '  5.2', reports: ' 4' }, { wdsp: ' 99.9' }))).toEqual({
      rows: 3,
      leftOut: 'rows for a day that has one already: 1',
      months: [january],
    });
  });

  test('has no day twice if two stations have the same', () => {
    expect(leftOut(gsod({}, { station: '01001099998' })).leftOut).toBeUndefined();
  });

  test.each([1, 2, 9, 10, 20, 60, 100, 150, 200])(
    'ends %i bytes before the end of its last row: its whole rows are counted',
    (cut) => {
      const whole = gsod({}, { date: '2022-01-02', wdsp: '  5.2', reports: ' 4' }, { date: '2022-01-03' });
      const row = line({}).length;
      expect(leftOut(whole.subarray(0, whole.length - Math.min(cut, row - 1)))).toEqual(
        cut === 1
          ? { rows: 3, leftOut: undefined, months: [expect.objectContaining({ days: 3 })] }
          : { rows: 2, leftOut: 'the rest of the object, which is truncated in row 4', months: [january] },
      );
    },
  );

  test('is none if its last row only lacks the line end', () => {
    expect(leftOut(twoDays.subarray(0, -1))).toEqual({ rows: 2, leftOut: undefined, months: [january] });
  });
});
