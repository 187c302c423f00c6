import { expect, test } from 'vitest';
import { splitName } from '../../domain/station-name.ts';

test.each([
  ['MOUNT WASHINGTON, NH US', 'MOUNT WASHINGTON, NH', 'US'],
  ['JAN MAYEN NOR NAVY, NO', 'JAN MAYEN NOR NAVY', 'NO'],
  ['MATINICUS ROCK ME, US', 'MATINICUS ROCK ME', 'US'],
  ['ST. JOHN, WEST, CA', 'ST. JOHN, WEST', 'CA'],
  ['NO COUNTRY', 'NO COUNTRY', ''],
  ['ENDS WITH A COMMA,', 'ENDS WITH A COMMA', ''],
  ['', '', ''],
  [null, '', ''],
])('%j is %j in %j', (published, name, country) => {
  expect(splitName(published)).toEqual({ name, country });
});
