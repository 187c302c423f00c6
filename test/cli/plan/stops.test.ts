import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { allowance as allowanceSchema } from '../../../config/allowance.ts';
import { resourceChanges } from '../../../cli/plan/diff/resource-changes.ts';
import { shapeWithout } from '../../../cli/plan/diff/shape.ts';
import { stackPairs } from '../../../cli/plan/diff/stack-pairs.ts';
import { allowanceText } from '../../../cli/plan/present/stop-lines.ts';
import { type Stop, stoppingChanges, stopsOf } from '../../../cli/plan/stop/stops.ts';
import type { Allowance } from '../../../cli/plan/stop/allowances.ts';
import { stackOf, type Resources } from './stacks.ts';

const now = new Date('2026-12-01T23:59:00Z');

/** Stops of a change of one stack, or of the same stack in several accounts. */
function stopsBetween(before: Resources, after: Resources, allowances: readonly Allowance[] = [], accounts = 1) {
  const ids = Array.from({ length: accounts }, (_, index) => String(300_000_000_000 + index));
  const [old, next] = [before, after].map((resources) => ids.map((id) => stackOf(resources, id)));
  const { changes } = resourceChanges(stackPairs(old ?? [], next ?? []).kept, {
    digests: new Set(),
    namesIn: () => [],
  });
  return stopsOf(stoppingChanges(changes), { allowances, now, shape: shapeWithout(ids.map((id) => `tenant-${id}`)) });
}

const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a-bucket' } };

const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
};

describe('a stop is', () => {
  test.each<[string, Resources, Resources, Partial<Stop>]>([
    ['a bucket that is deleted', { bucket }, {}, { by: 'deletion', fate: 'deleted', holds: 'objects' }],
    [
      'a bucket that is left behind',
      { bucket: { ...bucket, DeletionPolicy: 'Retain' } },
      {},
      { by: 'deletion', fate: 'left behind' },
    ],
    [
      'a bucket that is left behind once it was created',
      { bucket: { ...bucket, DeletionPolicy: 'RetainExceptOnCreate' } },
      {},
      { by: 'deletion', fate: 'left behind' },
    ],
    [
      'a database with a last snapshot',
      { db: { Type: 'AWS::RDS::DBInstance', Properties: {}, DeletionPolicy: 'Snapshot' } },
      {},
      { by: 'deletion', fate: 'kept as a snapshot' },
    ],
    [
      'a bucket that is replaced',
      { bucket },
      { bucket: { ...bucket, Properties: { BucketName: 'b' } } },
      { by: 'replacement', fate: 'deleted', values: [{ path: 'BucketName', before: 'a-bucket', after: 'b' }] },
    ],
    [
      'a bucket that is replaced and retained',
      { bucket: { ...bucket, UpdateReplacePolicy: 'Retain' } },
      { bucket: { ...bucket, UpdateReplacePolicy: 'Retain', Properties: { BucketName: 'b' } } },
      { by: 'replacement', fate: 'left behind' },
    ],
    [
      'a bucket that is replaced with another policy than before',
      { bucket: { ...bucket, UpdateReplacePolicy: 'Retain' } },
      { bucket: { ...bucket, Properties: { BucketName: 'b' } } },
      { by: 'replacement', fate: 'deleted' },
    ],
    [
      'a resource of another type in its place',
      { it: bucket },
      { it: table },
      { by: 'replacement', type: bucket.Type },
    ],
    [
      'a log group without an end of its events',
      { logs: { Type: 'AWS::Logs::LogGroup', Properties: {} } },
      {},
      { by: 'deletion', holds: 'log events' },
    ],
  ])('%s', (_, before, after, expected) => {
    expect(stopsBetween(before, after)).toMatchObject([expected]);
  });

  test.each<[string, Resources, Resources]>([
    ['a bucket that is new', {}, { bucket }],
    [
      'a bucket that is changed in place',
      { bucket },
      { bucket: { ...bucket, Properties: { ...bucket.Properties, Tags: [{ Key: 'a', Value: 'b' }] } } },
    ],
    ['a topic that is deleted', { topic: { Type: 'AWS::SNS::Topic', Properties: {} } }, {}],
    [
      'a log group whose events end after 30 days',
      { logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } } },
      {},
    ],
    [
      'a bucket whose name is written otherwise',
      { bucket: { ...bucket, Properties: { BucketName: { 'Fn::Sub': 'a-${AWS::AccountId}' } } } },
      { bucket: { ...bucket, Properties: { BucketName: 'a-300000000000' } } },
    ],
  ])('not %s', (_, before, after) => {
    expect(stopsBetween(before, after)).toEqual([]);
  });
});

const allowance = (until: string, resource = 'Crosswind/*/Child/bucket'): Allowance => ({
  resource,
  reason: 'Its objects are in another bucket.',
  until,
});

describe('an allowance', () => {
  test('of its path lets a stop through until the end of its last day', () => {
    const [stop] = stopsBetween({ bucket }, {}, [allowance('2026-12-01')]);
    expect(stop?.allowance).toEqual(allowance('2026-12-01'));
  });

  test('that has ended lets nothing through, and is named', () => {
    const [stop] = stopsBetween({ bucket }, {}, [allowance('2026-11-30')]);
    expect(stop).toMatchObject({ ended: allowance('2026-11-30') });
    expect(stop).not.toHaveProperty('allowance');
  });

  test('that holds counts before one that has ended', () => {
    const given = [allowance('2026-11-30'), allowance('2026-12-31')];
    expect(stopsBetween({ bucket }, {}, given)[0]?.allowance).toEqual(allowance('2026-12-31'));
  });

  test('of another path lets nothing through, and stops without one come first', () => {
    const stops = stopsBetween({ bucket, other: table }, {}, [allowance('2026-12-31')]);
    expect(stops.map(({ type, allowance: given }) => [type, given !== undefined])).toEqual([
      ['AWS::DynamoDB::Table', false],
      ['AWS::S3::Bucket', true],
    ]);
  });

  test('is printed ready to be copied, for all accounts at once, and is valid once it has a reason', () => {
    const [stop, ...others] = stopsBetween({ bucket }, {}, [], 400);
    expect(others).toEqual([]);
    expect(stop?.places).toHaveLength(400);
    const text = allowanceText({ allow: stop?.allow ?? [] }, now);
    const { allowances } = parse(text) as { readonly allowances: readonly [object] };
    expect(allowanceSchema.safeParse(allowances[0]).success).toBe(false);
    const filled = { ...allowances[0], reason: 'Its objects are in another bucket.' };
    const written = allowanceSchema.parse(filled);
    expect(written).toEqual(allowance('2026-12-15'));
    expect(stopsBetween({ bucket }, {}, [written], 400)[0]?.allowance).toEqual(written);
  });
});
