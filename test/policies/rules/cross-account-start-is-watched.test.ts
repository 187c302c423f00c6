import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { JsonObject } from '@crosswind/aws/json';
import { crossAccountStartIsWatched } from '../../../policies/rules/cross-account-start-is-watched.ts';
import { assembled } from '@crosswind/assembly/testing/assembled';
import { resource, testRule } from './test-rule.ts';

const parent = 'arn:aws:states:eu-west-1:111111111111:stateMachine:parent';
const child = 'arn:aws:states:eu-west-1:222222222222:stateMachine:child';
const executions = 'arn:aws:states:eu-west-1:222222222222:execution:child:*';
const target = 'arn:aws:iam::222222222222:role/target';

const allow = (action: string | readonly string[], on: string): JsonObject => ({
  Effect: 'Allow',
  Action: action,
  Resource: on,
});
const start = allow('states:StartExecution', child);
const assume = allow('sts:AssumeRole', target);

interface Accounts {
  readonly parentMay?: readonly JsonObject[];
  readonly targetMay?: readonly JsonObject[];
  readonly integration?: string;
  readonly externalId?: string;
  readonly targetRole?: string;
}

/** A parent that starts its child in another account and waits for it. */
function accounts({
  parentMay = [assume],
  targetMay = [start, allow(['states:DescribeExecution', 'states:StopExecution'], executions)],
  integration = 'startExecution.sync:2',
  externalId = parent,
  targetRole = target,
}: Accounts = {}): readonly AssembledStack[] {
  const state = {
    Type: 'Task',
    Resource: `arn:aws:states:::states:${integration}`,
    Credentials: { RoleArn: targetRole },
    Arguments: { StateMachineArn: child },
  };
  const inParent = {
    ...resource('AWS::IAM::Role', 'ParentRole', {
      RoleName: 'parent',
      AssumeRolePolicyDocument: {
        Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } },
      },
      Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: parentMay } }],
    }),
    ...resource('AWS::StepFunctions::StateMachine', 'Parent', {
      StateMachineName: 'parent',
      RoleArn: { 'Fn::GetAtt': ['ParentRole', 'Arn'] },
      Definition: { States: { Start: state } },
    }),
  };
  const trust = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: 'arn:aws:iam::111111111111:root' },
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  };
  const inChild = {
    ...resource('AWS::IAM::Role', 'Target', {
      RoleName: 'target',
      AssumeRolePolicyDocument: { Statement: [trust] },
      Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: targetMay } }],
    }),
    ...resource('AWS::StepFunctions::StateMachine', 'Child', { StateMachineName: 'child', Definition: { States: {} } }),
    // A role that nobody starts with may hold what the assembly does not know.
    ...resource('AWS::IAM::Role', 'Bystander', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
  };
  return [
    assembled({ Resources: inParent }),
    assembled({ Resources: inChild }, { path: 'App/One', name: 'two', account: '222222222222' }),
  ];
}

testRule(crossAccountStartIsWatched, {
  valid: {
    'a target role that may start, describe and stop': accounts(),
    'a target role that only starts, for a parent that does not wait': accounts({
      integration: 'startExecution',
      targetMay: [start],
    }),
    'a role that may do more: that is for other rules': accounts({
      targetMay: [allow('states:*', '*')],
      parentMay: [assume, allow('sns:Publish', '*')],
    }),
  },
  invalid: {
    'a target role that may not describe': {
      given: accounts({ targetMay: [start, allow('states:StopExecution', executions)] }),
      message: `role ${target} lacks states:DescribeExecution`,
      at: 'Target',
      property: 'Properties.Policies',
      fix: `Add to the identity policy of App/One/Target: {"Effect":"Allow","Action":"states:DescribeExecution","Resource":"${executions}"}`,
    },
    'a target role that may not stop': {
      given: accounts({ targetMay: [start, allow('states:DescribeExecution', executions)] }),
      message: `role ${target} lacks states:StopExecution`,
      at: 'Target',
      property: 'Properties.Policies',
      fix: `"Action":"states:StopExecution","Resource":"${executions}"`,
    },
    'a target role that may not start': {
      given: accounts({ targetMay: [allow(['states:DescribeExecution', 'states:StopExecution'], executions)] }),
      message: `role ${target} lacks states:StartExecution`,
      at: 'Target',
      property: 'Properties.Policies',
      fix: `"Resource":"${child}"`,
    },
    'a parent role that may not assume it': {
      given: accounts({ parentMay: [] }),
      message: 'lacks sts:AssumeRole',
      at: 'ParentRole',
      property: 'Properties.Policies',
      fix: `Add to the identity policy of App/One/ParentRole: {"Effect":"Allow","Action":"sts:AssumeRole","Resource":"${target}"}`,
    },
    'a target role that expects another external id': {
      given: accounts({ externalId: 'another' }),
      message: 'sts:ExternalId',
      at: 'Target',
      property: 'Properties.AssumeRolePolicyDocument',
      fix: `"sts:ExternalId":"${parent}"`,
    },
    'a target role that no stack defines': {
      given: accounts({ targetRole: 'arn:aws:iam::222222222222:role/nobody' }),
      message: 'no stack defines the target role arn:aws:iam::222222222222:role/nobody',
      fix: 'Name the started stage in `starts` of the calling one in contract.ts',
      at: 'Parent',
      property: 'Properties',
    },
  },
});
