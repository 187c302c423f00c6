import { describe, expect, test } from 'vitest';
import { authorize } from '@crosswind/iam/authorize';
import { DecisionGroups, folderOf, groupLimits } from '../../src/iam/decision-groups.ts';
import { DecisionLog } from '../../src/iam/decision-log.ts';

const account = '444444444444';
const startAt = Date.UTC(2026, 10, 29);

type Asked = readonly [action: string, resource: string, secondsLater?: number, role?: string];

const requestOf = (action: string, resource: string, name = 'reader') => ({
  principal: {
    kind: 'role' as const,
    roleArn: `arn:aws:iam::${account}:role/${name}`,
    sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
    account,
  },
  action,
  resource,
  resourceAccount: account,
  context: {},
});

/** A log of decisions about requests. Those to read objects are allowed. */
function logOf(requests: readonly Asked[]): DecisionLog {
  let now = startAt;
  const log = new DecisionLog(() => now);
  const document = { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } } as const;
  for (const [action, resource, later = 0, name] of requests) {
    now = startAt + later * 1_000;
    const request = requestOf(action, resource, name);
    log.record(request, authorize(request, { identity: [{ name: 'own policy', document }] }));
  }
  return log;
}

const object = (name: string | number): string => `arn:aws:s3:::mine/${name}`;

describe('groups of decisions', () => {
  test('say who asked for what, with which verdict, and when', () => {
    const log = logOf([
      ['s3:GetObject', object(1), 0],
      ['s3:GetObject', object(1), 0.4],
      ['s3:GetObject', object(1), 7],
      ['s3:PutObject', object(1), 8],
    ]);
    const own = { principal: `arn:aws:iam::${account}:role/reader`, resource: object(1), account };
    expect(log.groups()).toMatchObject([
      {
        ...{ ...own, id: 'decision-1', action: 's3:GetObject', verdict: 'allowed' },
        ...{ first: startAt, last: startAt + 7_000, times: 3 },
      },
      { ...own, id: 'decision-2', action: 's3:PutObject', verdict: 'implicit deny', first: startAt + 8_000, times: 1 },
    ]);
    const [read] = log.groups();
    expect(read?.seconds.kept).toEqual([
      [startAt, 2],
      [startAt + 7_000, 1],
    ]);
    expect(read?.seconds.busiest).toEqual([startAt, 2]);
  });

  test.each<[string, Asked, Asked]>([
    ['roles', ['s3:GetObject', object(1)], ['s3:GetObject', object(1), 0, 'writer']],
    ['actions', ['s3:GetObject', object(1)], ['s3:PutObject', object(1)]],
    ['resources', ['s3:GetObject', object(1)], ['s3:GetObject', object(2)]],
  ])('keep %s apart', (_, one, other) => {
    expect(
      logOf([one, other, one])
        .groups()
        .map(({ times }) => times),
    ).toEqual([2, 1]);
  });

  test('stand for the bucket where the objects are many, and for each bucket alone', () => {
    const most = groupLimits.resources;
    const mine = Array.from({ length: most + 5 }, (_, n): Asked => ['s3:GetObject', object(`folder-${n}/${n}`)]);
    const groups = logOf([...mine, ['s3:GetObject', 'arn:aws:s3:::theirs/1'], ...mine]).groups();
    expect(groups).toHaveLength(most + 2);
    expect(groups.slice(most).map(({ resource, times }) => [resource, times])).toEqual([
      ['arn:aws:s3:::mine/*', 10],
      ['arn:aws:s3:::theirs/1', 1],
    ]);
    expect(groups[0]).toMatchObject({ resource: object('folder-0/0'), times: 2 });
  });

  test('are no more than a limit, whatever is asked for', () => {
    const groups = new DecisionGroups();
    const allowed = { allowed: true, reason: '' } as const;
    for (let n = 0; n < groupLimits.groups + 100; n += 1) {
      groups.add(requestOf('s3:ListBucket', `arn:aws:s3:::bucket-${n}/`), allowed, startAt);
    }
    expect(groups.all()).toHaveLength(groupLimits.groups + 1);
    expect(groups.all().at(-1)).toMatchObject({ resource: '*', times: 100 });
  });

  test('are forgotten with the rest of the log', () => {
    const log = logOf([['s3:GetObject', object(1)]]);
    expect(log.groups()).toHaveLength(1);
    log.clear();
    expect(log.groups()).toEqual([]);
  });

  test('belong to the denial that they are part of', () => {
    const log = logOf([
      ['s3:PutObject', object(1)],
      ['s3:PutObject', object(2)],
      ['s3:GetObject', object(1)],
    ]);
    const [denial] = log.denials();
    expect(denial?.times).toBe(2);
    expect([...(denial?.groups ?? [])].map(({ resource }) => resource)).toEqual([object(1), object(2)]);
  });
});

test('a caller that is a service is named as policies name it', () => {
  const groups = new DecisionGroups();
  const principal = { kind: 'service', service: 'states.amazonaws.com' } as const;
  const request = { ...requestOf('sts:AssumeRole', 'arn:aws:iam::1:role/a'), principal };
  expect(groups.add(request, { allowed: true, reason: '' }, startAt).principal).toBe('states.amazonaws.com');
});

test.each([
  ['arn:aws:s3:::mine/a/b/c', 'arn:aws:s3:::mine/*'],
  ['arn:aws:states:us-east-1:1:execution:machine:name', 'arn:aws:states:us-east-1:1:execution:machine:*'],
  ['arn:aws:iam::1:role/path/name', 'arn:aws:iam::1:role/path/*'],
  ['*', '*'],
])('%s is one of %s', (resource, folder) => {
  expect(folderOf(resource)).toBe(folder);
});
