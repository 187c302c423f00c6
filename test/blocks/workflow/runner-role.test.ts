import { describe, expect, test } from 'vitest';
import { type RoleResource, rolesOf } from '@crosswind/assembly/roles';
import { listOf, objectOf } from '@crosswind/aws/json';
import { foreignTrustIsBound } from '../../../policies/rules/foreign-trust-is-bound.ts';
import { RunnerRole, type RunnerRoleProps } from '../../../blocks/workflow/runner-role.ts';
import { stackWith } from '../../synthesized.ts';

const wind = { tenant: 'wind', region: 'eu-west-1', accounts: { parent: '333333333333', child: '444444444444' } };

type Side = 'parent' | 'child';
const sides: Readonly<Record<Side, Pick<RunnerRoleProps, 'isEntry' | 'isCaller'>>> = {
  parent: { isEntry: true, isCaller: true },
  child: { isEntry: false, isCaller: false },
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

const statementsOf = ({ policies }: RoleResource) =>
  policies.flatMap(({ document }) => listOf(document['Statement'])).map(objectOf);

describe('the runner role', () => {
  test("of the parent's account may start the parent, and follow and stop its executions", () => {
    expect(statementsOf(roleOf('parent'))).toEqual([
      {
        Effect: 'Allow',
        Action: 'states:StartExecution',
        Resource: 'arn:aws:states:eu-west-1:333333333333:stateMachine:crosswind-wind-parent',
      },
      {
        Effect: 'Allow',
        Action: ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StopExecution'],
        Resource: 'arn:aws:states:eu-west-1:333333333333:execution:crosswind-wind-parent:*',
      },
    ]);
  });

  test("of the child's account may follow the child's executions and Map Runs, and start nothing", () => {
    expect(statementsOf(roleOf('child'))).toEqual([
      {
        Effect: 'Allow',
        Action: ['states:DescribeExecution', 'states:ListMapRuns'],
        Resource: 'arn:aws:states:eu-west-1:444444444444:execution:crosswind-wind-child:*',
      },
      {
        Effect: 'Allow',
        Action: 'states:DescribeMapRun',
        Resource: 'arn:aws:states:eu-west-1:444444444444:mapRun:crosswind-wind-child/*:*',
      },
    ]);
  });

  test.each([
    [
      'a stage that is started and starts others',
      { isEntry: false, isCaller: true },
      [['states:DescribeExecution', 'states:GetExecutionHistory']],
    ],
    [
      'the only stage',
      { isEntry: true, isCaller: false },
      [
        'states:StartExecution',
        ['states:DescribeExecution', 'states:ListMapRuns', 'states:StopExecution'],
        'states:DescribeMapRun',
      ],
    ],
  ])('of %s may do what its place asks for', (_, place, actions) => {
    expect(statementsOf(roleOf('child', place)).map(({ Action }) => Action)).toEqual(actions);
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
