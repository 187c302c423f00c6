import { probeRoleName } from '../../../blocks/observability/probe/probe-names.ts';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { crossAccountStarts } from '@crosswind/assembly/cross-account-starts';
import { type RoleResource, rolesOf } from '@crosswind/assembly/roles';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import * as address from '../../../blocks/workflow/address.ts';
import { stackAt, synthesized, templateAt } from '../../synthesized.ts';

const wind = { tenant: 'word-count', region: 'us-east-1', accounts: { parent: '333333333333', child: '444444444444' } };
const parentPath = 'Crosswind/dev-word-count/Parent';
const childPath = 'Crosswind/dev-word-count/Child';

function roleNamed(path: string, name: string): RoleResource {
  const role = rolesOf(stackAt(synthesized().stacks, path)).find((candidate) => candidate.name === name);
  if (!role) throw new Error(`${path} has no role ${name}`);
  return role;
}

const statementsOf = ({ policies }: RoleResource) =>
  policies.flatMap(({ document }) => listOf(document['Statement'])).map(objectOf);

describe('the parent role', () => {
  const role = () => roleNamed(parentPath, address.callerRoleName(wind, 'parent'));

  test('may assume the target role, log and trace, and nothing else', () => {
    const [assume, telemetry, ...others] = statementsOf(role());
    expect(assume).toEqual({
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Resource: address.targetRoleArn(wind, 'child'),
    });
    expect(listOf(telemetry?.['Action']).length).toBeGreaterThan(0);
    expect(listOf(telemetry?.['Action']).filter((action) => !/^(logs|xray):/.test(textOf(action)))).toEqual([]);
    expect(others).toEqual([]);
  });

  test('is assumed by Step Functions for this one state machine', () => {
    templateAt(parentPath).hasResourceProperties('AWS::IAM::Role', {
      RoleName: address.callerRoleName(wind, 'parent'),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'states.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '333333333333' },
              ArnEquals: { 'aws:SourceArn': address.stateMachineArn(wind, 'parent') },
            },
          },
        ],
      },
    });
  });
});

describe('the target role', () => {
  const role = () => roleNamed(childPath, address.targetRoleName(wind));

  test('trusts the parent account, if the parent role comes on behalf of the parent state machine', () => {
    expect(role().trust).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::333333333333:root' },
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': address.callerRoleArn(wind, 'parent') },
            StringEquals: { 'sts:ExternalId': address.stateMachineArn(wind, 'parent') },
          },
        },
      ],
    });
  });

  test('may start the child, and describe and stop its executions', () => {
    const child = address.stateMachineArn(wind, 'child');
    expect(statementsOf(role())).toEqual([
      { Action: 'states:StartExecution', Effect: 'Allow', Resource: child },
      {
        Action: ['states:DescribeExecution', 'states:StopExecution'],
        Effect: 'Allow',
        Resource: `${child.replace(':stateMachine:', ':execution:')}:*`,
      },
    ]);
  });
});

describe('the names that both accounts know', () => {
  test('are those of the address in both templates', () => {
    const machines = (path: string) => stateMachinesOf(stackAt(synthesized().stacks, path)).map(({ arn }) => arn);
    expect(machines(parentPath)).toEqual([address.stateMachineArn(wind, 'parent')]);
    expect(machines(childPath)).toContain(address.stateMachineArn(wind, 'child'));
    expect(crossAccountStarts([stackAt(synthesized().stacks, parentPath)])).toMatchObject([
      { targetRoleArn: address.targetRoleArn(wind, 'child'), childArn: address.stateMachineArn(wind, 'child') },
    ]);
  });

  test.each([
    [
      'AWS::IAM::Role',
      'RoleName',
      // The runner role has one name in both accounts.
      [
        address.callerRoleName(wind, 'parent'),
        address.runnerRoleName(wind),
        address.targetRoleName(wind),
        probeRoleName(wind),
        address.runnerRoleName(wind),
      ],
    ],
    [
      'AWS::StepFunctions::StateMachine',
      'StateMachineName',
      ['parent', 'child-Years-Workflow', 'child'].map((name) => `crosswind-word-count-${name}`),
    ],
    ['AWS::S3::Bucket', 'BucketName', []],
    ['AWS::Lambda::Function', 'FunctionName', []],
    [
      'AWS::Logs::LogGroup',
      'LogGroupName',
      // Those of functions have generated ones.
      ['parent', 'child-Years-Workflow', 'child'].map((name) => `/aws/vendedlogs/states/crosswind-word-count-${name}`),
    ],
  ])('are the only fixed ones: %s', (type, property, names) => {
    const both = [templateAt(parentPath), templateAt(childPath)];
    const fixed = both.flatMap((template) =>
      Object.values(template.findResources(type, { Properties: { [property]: Match.anyValue() } })).map(
        (resource) => (resource['Properties'] as Record<string, unknown>)[property],
      ),
    );
    expect(both.flatMap((template) => Object.keys(template.findResources(type))).length).toBeGreaterThanOrEqual(
      names.length,
    );
    expect(fixed).toEqual(names);
  });
});
