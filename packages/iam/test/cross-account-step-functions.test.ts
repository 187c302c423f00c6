import { describe, expect, test } from 'vitest';
import type { ApplicablePolicies } from '../src/applicable-policies.ts';
import { authorize } from '../src/authorize.ts';
import type { ImplicitDeny } from '../src/decision.ts';
import type { PolicySource, StatementJson } from '../src/policy-document.ts';
import type { AccessRequest } from '../src/request.ts';
import { ask, CHILD, PARENT, policy, role } from './actors.ts';

const parentMachine = `arn:aws:states:us-east-1:${PARENT}:stateMachine:platform-parent`;
const childMachine = `arn:aws:states:us-east-1:${CHILD}:stateMachine:platform-wind`;
const run = `arn:aws:states:us-east-1:${CHILD}:execution:platform-wind:run-1`;
const parent = role('platform-parent', PARENT);
const target = role('platform-target');

const trust = policy(`trust policy of role ${target.roleArn}`, {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: `arn:aws:iam::${PARENT}:root` },
  Condition: {
    ArnEquals: { 'aws:PrincipalArn': parent.roleArn },
    StringEquals: { 'sts:ExternalId': parentMachine },
  },
});
const parentPolicy = policy('inline policy "ParentPolicy" of role platform-parent', {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: target.roleArn,
});
const start: StatementJson = { Sid: 'Start', Effect: 'Allow', Action: 'states:StartExecution', Resource: childMachine };
const poll: StatementJson = {
  Sid: 'Poll',
  Effect: 'Allow',
  Action: ['states:DescribeExecution', 'states:StopExecution'],
  Resource: `arn:aws:states:us-east-1:${CHILD}:execution:platform-wind:*`,
};
const targetPolicy = (...statements: StatementJson[]) =>
  policy('inline policy "TargetPolicy" of role platform-target', ...statements);

const assume = (from = parent, externalId?: string): AccessRequest => ({
  ...ask('sts:AssumeRole', target.roleArn),
  principal: from,
  context: externalId === undefined ? {} : { 'sts:ExternalId': externalId },
});
const asTarget = (action: string, resource: string) => ask(action, resource, { principal: target });
const withTrust = (...identity: PolicySource[]): ApplicablePolicies => ({ identity, resource: trust });

function denied(request: AccessRequest, policies: ApplicablePolicies): ImplicitDeny {
  const decision = authorize(request, policies);
  if (decision.allowed || decision.kind !== 'implicit deny')
    throw new Error(`expected an implicit deny, got ${decision.reason}`);
  return decision;
}

describe('a parent that runs a child workflow in another account', () => {
  test('assumes the target role with its own machine as external id', () => {
    expect(authorize(assume(parent, parentMachine), withTrust(parentPolicy)).reason).toBe(
      'allowed by statement 1 of inline policy "ParentPolicy" of role platform-parent' +
        ` and statement 1 of trust policy of role ${target.roleArn}`,
    );
  });

  test.each([
    ['states:StartExecution', childMachine],
    ['states:DescribeExecution', run],
    ['states:StopExecution', run],
  ])('may %s as the target role', (action, resource) => {
    expect(authorize(asTarget(action, resource), { identity: [targetPolicy(start, poll)] }).allowed).toBe(true);
  });

  test('is told of a wrong external id, and which would be right', () => {
    const { reason, missing, mends } = denied(assume(parent, 'secret'), withTrust(parentPolicy));
    expect(reason).toBe(
      `role ${parent.roleArn} lacks sts:AssumeRole on ${target.roleArn} of account ${CHILD}: ` +
        `statement 1 of trust policy of role ${target.roleArn} allows sts:AssumeRole only if ` +
        `StringEquals sts:ExternalId "${parentMachine}" (got "secret")`,
    );
    expect(missing).toEqual(['resource']);
    expect(mends).toEqual([
      {
        document: 'trust policy',
        of: target.roleArn,
        statement: {
          Effect: 'Allow',
          Action: ['sts:AssumeRole'],
          Principal: { AWS: [`arn:aws:iam::${PARENT}:root`] },
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': parent.roleArn },
            StringEquals: { 'sts:ExternalId': 'secret' },
          },
        },
      },
    ]);
  });

  test('is told of an external id that never came, for which no statement is the cure', () => {
    const { reason, mends } = denied(assume(), withTrust(parentPolicy));
    expect(reason).toContain(`sts:ExternalId "${parentMachine}" (got nothing)`);
    expect(mends).toEqual([]);
  });

  test('is told when another role of its account tries', () => {
    const other = role('platform-other', PARENT);
    const { reason } = denied(assume(other, parentMachine), withTrust(parentPolicy));
    expect(reason).toContain(`only if ArnEquals aws:PrincipalArn "${parent.roleArn}" (got "${other.roleArn}")`);
  });

  test('is told that its own policy is silent', () => {
    const { reason, missing, mends } = denied(assume(parent, parentMachine), withTrust());
    expect(reason).toMatch(/: no statement of its identity policies names sts:AssumeRole$/);
    expect(missing).toEqual(['identity']);
    expect(mends).toEqual([
      {
        document: 'identity policy',
        of: parent.roleArn,
        statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: target.roleArn },
      },
    ]);
  });

  test('is told both sides when a third account tries, with a statement for each', () => {
    const other = role('intruder', '555555555555');
    const { reason, missing, mends } = denied(assume(other, parentMachine), withTrust());
    expect(missing).toEqual(['identity', 'resource']);
    expect(reason).toContain(`names arn:aws:iam::${PARENT}:root, not role ${other.roleArn}`);
    expect(mends[1]?.statement).toEqual({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::555555555555:root' },
      Action: 'sts:AssumeRole',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': other.roleArn },
        StringEquals: { 'sts:ExternalId': parentMachine },
      },
    });
  });

  test('is told that polling is forgotten, with the statement that is missing', () => {
    const { reason, mends } = denied(asTarget('states:DescribeExecution', run), { identity: [targetPolicy(start)] });
    expect(reason).toBe(
      `role ${target.roleArn} lacks states:DescribeExecution on ${run} of account ${CHILD}: ` +
        'no statement of its identity policies names states:DescribeExecution',
    );
    expect(mends[0]?.statement).toEqual({
      Effect: 'Allow',
      Action: 'states:DescribeExecution',
      Resource: `arn:aws:states:us-east-1:${CHILD}:execution:platform-wind:*`,
    });
  });

  test('is told that polling is allowed in the wrong account, as CDK grants it', () => {
    const wrong = `arn:aws:states:us-east-1:${PARENT}:execution:platform-wind*`;
    const { reason, nearMisses } = denied(asTarget('states:DescribeExecution', run), {
      identity: [targetPolicy(start, { ...poll, Resource: wrong })],
    });
    expect(reason).toContain(`allows states:DescribeExecution only on "${wrong}" of account ${PARENT}`);
    expect(nearMisses).toMatchObject([{ policyType: 'identity', statement: 'statement "Poll"', failed: 'resource' }]);
  });

  test('is told that it cannot start the child without assuming a role', () => {
    const direct = ask('states:StartExecution', childMachine, { principal: parent });
    const { reason, mends } = denied(direct, { identity: [policy('inline policy "P"', start)] });
    expect(reason).toContain(`a role of account ${CHILD} has to be assumed`);
    expect(mends).toEqual([]);
  });

  test('is told which statement forbids it', () => {
    const forbid: StatementJson = { Sid: 'NoStops', Effect: 'Deny', Action: 'states:Stop*', Resource: '*' };
    const decision = authorize(asTarget('states:StopExecution', run), { identity: [targetPolicy(poll, forbid)] });
    expect(decision.reason).toMatch(/is explicitly denied .* by statement "NoStops" of inline policy "TargetPolicy"/);
  });
});
