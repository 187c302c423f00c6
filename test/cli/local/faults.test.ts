import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, isObject, listOf, objectOf } from '@crosswind/aws/json';
import { deployedTenant } from '../../../cli/local/deployed-tenant.ts';
import { faultsOf, hopFaults } from '../../../cli/local/faults.ts';
import { faultsOfWorkload } from '../../../cli/local/workload-options.ts';
import { defineContract } from '../../../blocks/contract.ts';
import { local } from '../../services/word-count/local.ts';
import { allow, policy, stacksOf } from '@crosswind/sandbox/testing/literals';
import {
  childArn,
  mayDescribe,
  mayStart,
  mayStop,
  parentArn,
  targetRoleArn,
  trustingParent,
  twoStacks,
} from '@crosswind/sandbox/testing/two-accounts';
import { changes } from './changes.ts';
import { synthesizedWorkload } from './synthesized-workload.ts';

/** A fault of one stage that starts another, planted between the two accounts of the sandbox's tests. */
function plantHop(id: string, stacks: readonly Stack[]): readonly Stack[] {
  const fault = hopFaults.find((candidate) => candidate.id === id);
  if (!fault) throw new Error(`no fault ${id}`);
  return fault.plant(stacks, targetRoleArn, parentArn);
}

describe('each fault', () => {
  const { parent, child, deployment } = synthesizedWorkload();
  const stacks = [parent, child];
  const tenant = deployedTenant(deployment, stacks, 'cdk.out');
  const faults = faultsOf([{ callers: ['parent'], called: 'child' }], local.faults ?? []);
  const changedBy = (id: string) => {
    const fault = faults.find((candidate) => candidate.id === id);
    if (!fault) throw new Error(`no fault ${id}`);
    return changes(stacks, fault.plant(stacks, tenant));
  };

  test.each([
    ['describe-execution', 'placement/Child/Target/Resource/DefaultPolicy/Resource', 'states:DescribeExecution'],
    ['start-execution', 'placement/Child/Target/Resource/DefaultPolicy/Resource', 'states:StartExecution'],
    ['stop-execution', 'placement/Child/Target/Resource/DefaultPolicy/Resource', 'states:StopExecution'],
    ['source-read', 'placement/Child/Child/Count/Role/DefaultPolicy/Resource', 's3:GetObject'],
    ['results-write', 'placement/Child/Child/Sum/Role/DefaultPolicy/Resource', 's3:PutObject'],
  ])('%s takes one permission away in the platform as it is deployed, and nothing else', (id, path, action) => {
    expect(changedBy(id)).toEqual([{ path, lost: [expect.objectContaining({ Action: action })], gained: [] }]);
  });

  test('trust puts the account of the role itself in the place of the parent account, and leaves the conditions', () => {
    const [change, ...others] = changedBy('trust');
    expect(others).toEqual([]);
    const [lost, gained] = [change?.lost ?? [], change?.gained ?? []];
    expect([lost.length, gained.length]).toEqual([1, 1]);
    expect(lost[0]?.['Principal']).toEqual({ AWS: 'arn:aws:iam::333333333333:root' });
    expect(gained[0]).toEqual({ ...lost[0], Principal: { AWS: 'arn:aws:iam::444444444444:root' } });
  });

  test('external-id puts the ARN of another state machine in its place, and leaves the other conditions', () => {
    const [change, ...others] = changedBy('external-id');
    expect(others).toEqual([]);
    const [lost, gained] = [objectOf(change?.lost[0]), objectOf(change?.gained[0])];
    const condition = objectOf(lost['Condition']);
    const callerArn = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';
    expect(condition['StringEquals']).toEqual({ 'sts:ExternalId': callerArn });
    expect(gained).toEqual({
      ...lost,
      Condition: { ...condition, StringEquals: { 'sts:ExternalId': `${callerArn}-of-somebody-else` } },
    });
  });

  test('is in the list above, has a title, and leaves the stacks that it was given as they were', () => {
    const before = JSON.stringify(stacks);
    for (const { plant } of faults) plant(stacks, tenant);
    expect(JSON.stringify(stacks)).toBe(before);
    expect(faults.map(({ id, title, abortsEntry }) => `${id}: ${title}${abortsEntry ? ' (aborts)' : ''}`))
      .toMatchInlineSnapshot(`
        [
          "describe-execution: the target role may not describe executions of the child",
          "start-execution: the target role may not start the child",
          "stop-execution: the target role may not stop executions of the child, and the entry is aborted (aborts)",
          "trust: the target role trusts its own account instead of the parent's",
          "external-id: the target role expects another state machine's ARN as external id",
          "source-read: the function that counts a batch may not read objects",
          "results-write: the function that adds the counts may not write their sum",
        ]
      `);
  });
});

describe('an action is taken away', () => {
  const plantIn = (target: readonly JsonObject[], attached: readonly JsonObject[] = []) => {
    const [parent, child] = twoStacks({ target });
    if (!parent || !child) throw new Error('expected two stacks');
    const resources = { ...child.resources, ...(attached.length > 0 && { Attached: policy(['target'], ...attached) }) };
    const stacks = stacksOf(parent, { ...child, resources });
    return changes(stacks, plantHop('describe-execution', stacks));
  };
  const lost = [expect.objectContaining({ Action: 'states:DescribeExecution' })];

  test('from an inline policy', () => {
    expect(plantIn([mayStart, mayDescribe, mayStop])).toEqual([{ path: 'Target', lost, gained: [] }]);
  });

  test('from a policy that is attached to the role', () => {
    expect(plantIn([mayStart], [mayDescribe])).toEqual([{ path: 'Attached', lost, gained: [] }]);
  });

  test.each<[string, JsonObject]>([
    ['denies it', { ...mayDescribe, Effect: 'Deny', Resource: `${childArn}-2` }],
    ['says NotAction', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
    ['allows something else', mayStart],
  ])('but a statement that %s stays as it is', (_, statement) => {
    const stacks = stacksOf(...twoStacks({ target: [mayDescribe, statement] }));
    const planted = plantHop('describe-execution', stacks);
    const role = planted.flatMap(({ resources }) => resources).find(({ arn }) => arn === targetRoleArn);
    const [own] = listOf(role?.properties['Policies']).filter(isObject);
    expect(objectOf(own?.['PolicyDocument'])['Statement']).toEqual([statement]);
  });

  test.each<[string, readonly JsonObject[]]>([
    ['nothing allows it', [mayStart]],
    ['it is allowed by a pattern, which would still allow it', [allow('states:*')]],
  ])('or the fault is refused, because %s', (_, target) => {
    expect(() => plantIn(target)).toThrow('the fault changes nothing in account 222222222222');
  });
});

test('external-id leaves the other texts that the trust policy compares', () => {
  const organization = { 'aws:PrincipalOrgID': 'o-exampleorg1' };
  const trust = trustingParent();
  const condition = objectOf(trust['Condition']);
  const equals = { ...objectOf(condition['StringEquals']), ...organization };
  const stacks = stacksOf(...twoStacks({ trust: { ...trust, Condition: { ...condition, StringEquals: equals } } }));
  const [change] = changes(stacks, plantHop('external-id', stacks));
  expect(objectOf(change?.gained[0]?.['Condition'])['StringEquals']).toEqual({
    'sts:ExternalId': `${parentArn}-of-somebody-else`,
    ...organization,
  });
});

test('each hop of a longer workload has faults of its own, the first one by their bare names', () => {
  const hops = [
    { callers: ['entry'], called: 'middle' },
    { callers: ['entry', 'middle'], called: 'last' },
  ];
  const titles = new Map(faultsOf(hops, []).map(({ id, title }) => [id, title]));
  expect(titles.size).toBe(10);
  expect(titles.get('describe-execution')).toBe('the target role may not describe executions of the middle');
  expect(titles.get('describe-execution:last')).toBe('the target role may not describe executions of the last');
  expect(titles.get('trust:last')).toBe(
    "the target role trusts its own account instead of the entry's and the middle's",
  );
});

test('a stage that two others start has its faults once, for both', () => {
  const contract = defineContract({
    settings: z.strictObject({}),
    stages: [
      { name: 'last', description: 'Ends.' },
      { name: 'middle', description: 'Starts the last.', starts: ['last'] },
      { name: 'first', description: 'Starts both.', starts: ['last', 'middle'] },
    ],
    entry: 'first',
  });
  const faults = faultsOfWorkload({ name: 'both', contract, local: {}, file: 'local.ts' });
  expect(faults.map(({ id }) => id).filter((id) => id.startsWith('trust'))).toEqual(['trust', 'trust:last']);
  expect(faults.find(({ id }) => id === 'trust:last')?.title).toBe(
    "the target role trusts its own account instead of the first's and the middle's",
  );
});
