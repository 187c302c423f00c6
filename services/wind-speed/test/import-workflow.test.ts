import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { state } from './built.ts';
import { platformOf, platformText, synthesize } from './platform.ts';

describe('the import', () => {
  test.each([
    [{}, [2022]],
    [{ years: [1999, 2000] }, [1999, 2000]],
  ])('of %j copies the years %j', async (input, years) => {
    const expression = textOf(state('import', 'Years')['Items']).replace(/^\{%|%\}$/g, '');
    expect(await jsonata(expression).evaluate(undefined, { states: { input } })).toEqual(years);
  });

  test('copies four years at a time', () => {
    expect(state('import', 'Years')['MaxConcurrency']).toBe(4);
  });

  test('copies page after page of a year until the function says that it is done', async () => {
    expect(state('import', 'Copy a page')['Next']).toBe('More pages?');
    const { Choices, Default } = state('import', 'More pages?');
    const [done] = listOf(Choices).map(objectOf);
    expect(Default).toBe('Copy a page');
    expect(done?.['Next']).toBe('Year is complete');
    const expression = textOf(done?.['Condition']).replace(/^\{%|%\}$/g, '');
    const isDone = (input: object) =>
      jsonata(expression).evaluate(undefined, { states: { input } }) as Promise<unknown>;
    expect([await isDone({ done: true }), await isDone({ done: false })]).toEqual([true, false]);
  });
});

test('in another partition no ARN is of the partition aws, which IAM would refuse', () => {
  const text = platformText.replaceAll('us-east-1', 'cn-north-1').replace('arn:aws:', 'arn:aws-cn:');
  const { assembled } = synthesize(platformOf(text));
  expect(assembled.filter(({ template }) => JSON.stringify(template).includes('arn:aws:'))).toEqual([]);
  expect(JSON.stringify(assembled)).toContain('arn:aws-cn:s3:::noaa-gsod-pds/*');
});
