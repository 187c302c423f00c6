import { describe, expect, test } from 'vitest';
import { parseObject } from '../../domain/parse-object.ts';
import { deployedObjects, digestOf } from '../../sample/deployed-objects.ts';
import { samplePrefix } from '../../source-keys.ts';

const rows = deployedObjects().flatMap(({ body }) => body.toString().trimEnd().split('\n').slice(1));

describe('the sample that is deployed', () => {
  test('lies beside the weather, not in it', () => {
    const keys = deployedObjects().map(({ key }) => key);
    expect(keys).toHaveLength(12);
    expect(keys.filter((key) => !/^sample\/1\/202[23]\/\w{11}\.csv$/.test(key))).toEqual([]);
    expect(new Set(keys).size).toBe(12);
  });

  test('is small', () => {
    const bytes = deployedObjects().reduce((sum, { body }) => sum + body.length, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(100_000);
  });

  test('has what real weather has: days and a station without wind, a station without a place, 24 and 8 reports', () => {
    const stations = deployedObjects().map(({ body }) => parseObject(body));
    const windless = stations.filter(
      (parsed) => parsed.ok && [...parsed.stationYears].every((it) => !it.months.length),
    );
    expect(windless).toHaveLength(2);
    expect(rows).toHaveLength(12 * 24);
    expect(rows.filter((row) => row.includes('"999.9"," 0"'))).toHaveLength(2 * 24 + 3);
    expect(rows.filter((row) => row.includes('",,,,,"'))).toHaveLength(2 * 24);
    expect(rows.some((row) => row.includes('"24"')) && rows.some((row) => row.includes('" 8"'))).toBe(true);
  });

  test('is the same as ever under this prefix: another one gets another, because these objects stay in the bucket', () => {
    expect(deployedObjects()).toEqual(deployedObjects());
    expect([samplePrefix, digestOf(deployedObjects())]).toEqual([
      'sample/1/',
      'c9f656a280f2f467962b5fae378725f24c71defc45a7a6d5f6f28ab9efe6ae23',
    ]);
  });
});

describe('the digest of a sample', () => {
  const [first, ...others] = deployedObjects();
  if (!first) throw new Error('the sample is empty');
  const digest = digestOf(deployedObjects());

  test('is the same for the same sample', () => {
    expect(digestOf([first, ...others])).toBe(digest);
  });

  test.each([
    ['a key', [{ ...first, key: 'sample/1/2022/other.csv' }, ...others]],
    ['a body', [{ ...first, body: Buffer.concat([first.body, Buffer.from('\n')]) }, ...others]],
    ['the number of objects', others],
  ])('is another one with %s', (_, changed) => {
    expect(digestOf(changed)).not.toBe(digest);
  });
});
