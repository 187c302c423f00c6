import { describe, expect, test } from 'vitest';
import { type RoleResource, rolesOf } from '@crosswind/assembly/roles';
import { listOf, objectOf } from '@crosswind/aws/json';
import { foreignTrustIsBound } from '../../../policies/rules/foreign-trust-is-bound.ts';
import { RunnerRole, type RunnerRoleProps } from '../../../blocks/workflow/runner-role.ts';
import { stackWith } from '../../synthesized.ts';

const wind = { tenant: 'wind', region: 'eu-west-1', accounts: { parent: '333333333333', child: '444444444444' } };

type Side = 'parent' | 'child';
const sides: Readonly<Record<Side, Pick<RunnerRoleProps, 'isEntry' | 'isCalled'>>> = {
  parent: { isEntry: true, isCalled: false },
  child: { isEntry: false, isCalled: true },
};

/** The stack of the role of one stage, alone. */
const built = (stage: Side, place = sides[stage]) =>
  stackWith((scope) => {
    const trusted = { pipelineAccount: '111111111111', organizationId: 'o-oneorganization' };
    new RunnerRole(scope, 'Runner', { address: wind, stage, ...place, ...trusted });
  }).stack;

function roleOf(side: Side, place = sides[side]): RoleResource {
  const [role, ...others] = rolesOf(built(side, place));
  if (!role || others.length > 0) throw new Error('not one role');
  return role;
}

/** Statements of a policy of the role, by the name of the policy. */
const statementsOf = ({ policies }: RoleResource, name: RegExp) =>
  policies
    .filter((policy) => name.test(policy.name))
    .flatMap(({ document }) => listOf(document['Statement']))
    .map(objectOf);

const toLook = /Look/;
const toRun = /DefaultPolicy/;

/** Actions of a statement. */
const actionsOf = ({ Action }: ReturnType<typeof objectOf>): readonly unknown[] => [Action].flat();

const runner = 'arn:aws:states:eu-west-1:444444444444';

describe('the runner role', () => {
  test("of the parent's account may start the parent, and stop its executions", () => {
    expect(statementsOf(roleOf('parent'), toRun)).toEqual([
      {
        Effect: 'Allow',
        Action: 'states:StartExecution',
        Resource: 'arn:aws:states:eu-west-1:333333333333:stateMachine:crosswind-wind-parent',
      },
      {
        Effect: 'Allow',
        Action: 'states:StopExecution',
        Resource: 'arn:aws:states:eu-west-1:333333333333:execution:crosswind-wind-parent:*',
      },
    ]);
  });

  test("of the child's account may change nothing", () => {
    expect(statementsOf(roleOf('child'), toRun)).toEqual([]);
    for (const action of statementsOf(roleOf('child'), toLook).flatMap(actionsOf)) {
      expect(action).toMatch(/^[a-z]+:(Describe|Filter|Get|List)/);
    }
  });

  test("of the child's account may look at executions, Map Runs, metrics, functions, logs and the target role", () => {
    expect(statementsOf(roleOf('child'), toLook)).toEqual([
      {
        Effect: 'Allow',
        Action: [
          'states:DescribeExecution',
          'states:DescribeStateMachineForExecution',
          'states:GetExecutionHistory',
          'states:ListMapRuns',
        ],
        Resource: `${runner}:execution:crosswind-wind-child:*`,
      },
      {
        Effect: 'Allow',
        Action: 'states:DescribeExecution',
        Resource: [`${runner}:execution:crosswind-wind-child/*:*`, `${runner}:express:crosswind-wind-child/*:*`],
      },
      {
        Effect: 'Allow',
        Action: 'states:ListExecutions',
        Resource: [`${runner}:mapRun:crosswind-wind-child/*:*`, `${runner}:stateMachine:crosswind-wind-child`],
      },
      { Effect: 'Allow', Action: 'states:DescribeMapRun', Resource: `${runner}:mapRun:crosswind-wind-child/*:*` },
      { Effect: 'Allow', Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'lambda:GetFunctionConfiguration',
        Resource: 'arn:aws:lambda:eu-west-1:444444444444:function:crosswind-wind-child-*',
      },
      {
        Effect: 'Allow',
        Action: 'logs:FilterLogEvents',
        Resource: ['/aws/lambda/', ''].map(
          (start) => `arn:aws:logs:eu-west-1:444444444444:log-group:${start}crosswind-wind-child-*:*`,
        ),
      },
      {
        Effect: 'Allow',
        Action: ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
        Resource: 'arn:aws:iam::444444444444:role/crosswind-wind-target',
      },
    ]);
  });

  test('of a stage that nobody starts reads no role, because it has no target role', () => {
    expect(statementsOf(roleOf('parent'), toLook).flatMap(actionsOf)).not.toContain('iam:GetRole');
  });

  test.each([
    ['a stage that is started and starts others', { isEntry: false, isCalled: true }, []],
    ['the only stage', { isEntry: true, isCalled: false }, ['states:StartExecution', 'states:StopExecution']],
  ])('of %s may run what its place asks for', (_, place, actions) => {
    expect(statementsOf(roleOf('child', place), toRun).flatMap(actionsOf)).toEqual(actions);
  });

  test.each(['parent', 'child'] as const)("of the %s's account has the one name and says what it is for", (side) => {
    const roles = built(side).resources.filter(({ type }) => type === 'AWS::IAM::Role');
    expect(roles.map(({ properties: { RoleName, Description } }) => [RoleName, Description])).toEqual([
      ['crosswind-wind-runner', expect.stringContaining(`the ${side} workflow of wind`)],
    ]);
  });

  test.each(['parent', 'child'] as const)(
    "of the %s's account trusts the pipeline's, within the organization",
    (side) => {
      expect(roleOf(side).trust).toEqual({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: 'arn:aws:iam::111111111111:root' },
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-oneorganization' } },
          },
        ],
      });
      const stacks = [built(side)];
      expect(foreignTrustIsBound.check({ stacks, possible: stacks, templates: [], runbooks: [] })).toEqual([]);
    },
  );
});
