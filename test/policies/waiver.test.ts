import { describe, expect, test } from 'vitest';
import { type WaivableFinding, type Waiver, accepts, isDue } from '../../policies/waiver.ts';

const accepted = { rule: 'AwsSolutions-S1', path: 'App/*/Resource', reason: 'it is a test', owner: 'test-team' };
const waiver: Waiver = { ...accepted, reviewAt: '1.0.0' };

/** Properties of the waiver that a case changes. */
type Changed = Partial<Pick<Waiver, 'rule' | 'path' | 'actions'>>;

const finding = (given: Partial<WaivableFinding> = {}): WaivableFinding => ({
  rule: 'AwsSolutions-S1',
  path: 'App/Bucket/Resource',
  actionsOnEverything: () => [],
  ...given,
});

describe('a waiver accepts', () => {
  test.each<[string, Changed, Partial<WaivableFinding>]>([
    ['its rule where its path fits', {}, {}],
    ['a rule with any finding', { rule: 'AwsSolutions-IAM5[*]' }, { rule: 'AwsSolutions-IAM5[Action::s3:Get]' }],
    [
      'an asterisk that stands for itself',
      { rule: 'AwsSolutions-IAM5[Action::s3:Get\\*]' },
      { rule: 'AwsSolutions-IAM5[Action::s3:Get*]' },
    ],
    ['a rule of our own', { rule: 'OBS-2' }, { rule: 'OBS-2' }],
  ])('%s', (_, changed, found) => {
    expect(accepts({ ...waiver, ...changed }, finding(found))).toBe(true);
  });

  test.each<[string, Changed, Partial<WaivableFinding>]>([
    ['another rule', {}, { rule: 'AwsSolutions-S2' }],
    [
      'any text that holds an asterisk, which widens what is found',
      { rule: 'AwsSolutions-IAM5[Resource::arn:aws:states:*]' },
      { rule: 'AwsSolutions-IAM5[Resource::arn:aws:states:*:*:execution:*:*]' },
    ],
    ['every finding of a rule', { rule: 'AwsSolutions-IAM5[*]' }, { rule: 'AwsSolutions-IAM5[Action::*]' }],
    ['a rule that only begins like its own', {}, { rule: 'AwsSolutions-S10' }],
    ['a rule with a dot for any character', { rule: 'AwsSolutions.S1' }, {}],
    ['another path', {}, { path: 'App/Bucket/Policy' }],
    ['a path that only ends like its own', { path: 'Bucket/Resource' }, {}],
    ['more than an asterisk where it says so', { rule: 'A[s3:Get\\*]' }, { rule: 'A[s3:GetObject]' }],
  ])('not %s', (_, changed, found) => {
    expect(accepts({ ...waiver, ...changed }, finding(found))).toBe(false);
  });
});

describe('a waiver of actions on resource *', () => {
  const onEverything = { ...waiver, rule: 'AwsSolutions-IAM5[Resource::\\*]' };
  const found = (...actions: readonly string[]): WaivableFinding =>
    finding({ rule: 'AwsSolutions-IAM5[Resource::*]', actionsOnEverything: () => actions });
  const tracing = { ...onEverything, actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] };

  test('accepts the actions that it names', () => {
    expect(accepts(tracing, found('xray:PutTraceSegments'))).toBe(true);
    expect(accepts(tracing, found('xray:PutTraceSegments', 'xray:PutTelemetryRecords'))).toBe(true);
  });

  test.each([
    ['another action', tracing, found('s3:DeleteObject')],
    ['another action beside one that it names', tracing, found('xray:PutTraceSegments', 's3:DeleteObject')],
    ['a family that holds an action which it names', tracing, found('xray:*')],
    ['anything when it names none', onEverything, found('xray:PutTraceSegments')],
    ['actions that cannot be seen', tracing, found()],
    ['a finding of another kind of pattern', { ...tracing, rule: '*', actions: [] }, found('s3:DeleteObject')],
  ])('does not accept %s', (_, given, seen) => {
    expect(accepts(given, seen)).toBe(false);
  });
});

describe('a waiver is due', () => {
  const until = (date: `${number}-${number}-${number}`): Waiver => ({ ...accepted, until: date });
  const at = (version: `${number}.${number}.${number}`): Waiver => ({ ...accepted, reviewAt: version });
  const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);

  test.each([
    ['long before its date', until('2027-06-30'), noon('2026-11-22'), false],
    ['on its last day', until('2027-06-30'), new Date('2027-06-30T23:59:59Z'), false],
    ['on the day after', until('2027-06-30'), new Date('2027-07-01T00:00:00Z'), true],
    ['when its date cannot be read', until('2027-13-45'), noon('2026-11-22'), true],
  ])('%s: %#', (_, given, now, due) => {
    expect(isDue(given, now, '9.9.9')).toBe(due);
  });

  test.each([
    ['0.1.0', '1.0.0', false],
    ['0.99.0', '1.0.0', false],
    ['1.0.0', '1.0.0', true],
    ['1.0.1', '1.0.0', true],
    ['2.0.0', '1.9.0', true],
    ['0.9.0', '0.10.0', false],
    ['0.10.0', '0.9.0', true],
    ['1.0.0-rc.1', '1.0.0', true],
    ['0.9.0-rc.1', '1.0.0', false],
    ['unknown', '1.0.0', true],
  ] as const)('at version %s when it is to be looked at again at %s: %s', (version, reviewAt, due) => {
    expect(isDue(at(reviewAt), noon('2999-01-01'), version)).toBe(due);
  });
});
