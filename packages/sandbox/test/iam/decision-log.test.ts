import { describe, expect, test } from 'vitest';
import { authorize } from '@crosswind/iam/authorize';
import type { StatementJson } from '@crosswind/iam/policy-document';
import { DecisionLog } from '../../src/iam/decision-log.ts';

const account = '444444444444';

/** A log of the decisions about a role's requests, each as `[action, resource]`. */
function logOf(statements: readonly StatementJson[], requests: readonly (readonly [string, string, string?])[]) {
  const log = new DecisionLog(() => 0);
  const document = { Version: '2012-10-17', Statement: statements };
  for (const [action, resource, name = 'reader'] of requests) {
    const roleArn = `arn:aws:iam::${account}:role/${name}`;
    const sessionArn = `arn:aws:sts::${account}:assumed-role/${name}/session`;
    const principal = { kind: 'role', roleArn, sessionArn, account } as const;
    const request = { principal, action, resource, resourceAccount: account, context: {} };
    log.record(request, authorize(request, { identity: [{ name: 'own policy', document }] }));
  }
  return log;
}

const read: StatementJson = { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' };

describe('the decision log', () => {
  test('shows each request to a watcher from then on, whether it is allowed or not', () => {
    const log = logOf([read], [['s3:GetObject', 'arn:aws:s3:::mine/1']]);
    const seen: string[] = [];
    log.watch(({ action }) => seen.push(action));
    const principal = { kind: 'service', service: 'x.amazonaws.com' } as const;
    const request = { principal, action: 's3:PutObject', resource: '*', resourceAccount: account, context: {} };
    log.record(request, authorize(request, { identity: [] }));
    expect(seen).toEqual(['s3:PutObject']);
  });

  test('counts what was allowed, by action, in alphabetical order', () => {
    const log = logOf(
      [read],
      [
        ['s3:ListBucket', 'arn:aws:s3:::mine'],
        ['s3:GetObject', 'arn:aws:s3:::mine/1'],
        ['s3:GetObject', 'arn:aws:s3:::mine/2'],
      ],
    );
    expect(Object.entries(log.allowed())).toEqual([
      ['s3:GetObject', 2],
      ['s3:ListBucket', 1],
    ]);
    expect(log.denials()).toEqual([]);
  });

  test('counts requests that one statement would allow as one denial, told by the first of them', () => {
    const log = logOf(
      [read],
      [
        ['s3:PutObject', 'arn:aws:s3:::mine/1'],
        ['s3:PutObject', 'arn:aws:s3:::mine/2'],
        ['s3:PutObject', 'arn:aws:s3:::mine/3'],
      ],
    );
    expect(log.allowed()).toEqual({});
    expect(log.denials().map(({ request, times }) => [request.resource, times])).toEqual([['arn:aws:s3:::mine/1', 3]]);
  });

  test.each([
    ['buckets', ['s3:PutObject', 'arn:aws:s3:::mine/1'], ['s3:PutObject', 'arn:aws:s3:::theirs/1']],
    ['actions', ['s3:PutObject', 'arn:aws:s3:::mine/1'], ['s3:DeleteObject', 'arn:aws:s3:::mine/1']],
    ['roles', ['s3:PutObject', 'arn:aws:s3:::mine/1'], ['s3:PutObject', 'arn:aws:s3:::mine/1', 'writer']],
  ] as const)('keeps denials of different %s apart, in the order in which they were asked for', (_, one, other) => {
    const denials = logOf([], [one, other, one]).denials();
    expect(denials.map(({ times }) => times)).toEqual([2, 1]);
  });

  test('groups explicit denials by the statement that denies', () => {
    const never: StatementJson = { Sid: 'Never', Effect: 'Deny', Action: 's3:*', Resource: '*' };
    const log = logOf(
      [read, never],
      [
        ['s3:GetObject', 'arn:aws:s3:::mine/1'],
        ['s3:GetObject', 'arn:aws:s3:::theirs/1'],
      ],
    );
    expect(log.denials().map(({ decision, times }) => [decision.kind, times])).toEqual([['explicit deny', 2]]);
  });

  test('groups what could not be decided by what is not known', () => {
    const cautious: StatementJson = { ...read, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
    const log = logOf(
      [cautious],
      [
        ['s3:GetObject', 'arn:aws:s3:::mine/1'],
        ['s3:GetObject', 'arn:aws:s3:::mine/2'],
        ['s3:FetchObject', 'arn:aws:s3:::mine/2'],
      ],
    );
    expect(log.denials().map(({ decision, times }) => [decision.kind, times])).toEqual([
      ['undecidable', 2],
      ['undecidable', 1],
    ]);
  });
});
