import { expect, test } from 'vitest';
import { weatherKey } from '../../sample/weather-key.ts';

test('the key of an object is what NOAA calls it, below the prefix that is analysed by default', () => {
  expect(weatherKey('2022/01001099999.csv')).toBe('gsod/2022/01001099999.csv');
});
