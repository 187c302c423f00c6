import { expect, test } from 'vitest';
import { dynamicLabel } from '../../../src/cloudwatch/api/dynamic-label.ts';

const line = {
  own: 'ExecutionsStarted',
  values: [1, 5, 3],
  properties: new Map<string, string | number>([
    ['AccountId', '111111111111'],
    ['Period', 300],
    ['Dim.Tenant', 'wind-speed'],
  ]),
};

test.each([
  ['started', 'started'],
  ["${LABEL} of ${PROP('AccountId')}", 'ExecutionsStarted of 111111111111'],
  ['${FIRST} to ${LAST}, ${MIN} to ${MAX}', '1 to 3, 1 to 5'],
  ['${AVG}, ${SUM}, ${DATAPOINT_COUNT}', '3, 9, 3'],
  ["every ${PROP('Period')} s of ${PROP('Dim.Tenant')}", 'every 300 s of wind-speed'],
  ["${PROP('Dim.Missing')}", '--'],
  ['${LAST_TIME_RELATIVE} ${constructor}', '${LAST_TIME_RELATIVE} ${constructor}'],
])('a label %s becomes %s', (label, expected) => {
  expect(dynamicLabel(label, line)).toBe(expected);
});

test('a line without values has none in its label', () => {
  expect(dynamicLabel('${LAST} ${AVG} ${MAX} ${DATAPOINT_COUNT}', { ...line, values: [] })).toBe('-- -- -- 0');
});
