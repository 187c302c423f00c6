import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { isObject, listOf, objectOf } from '@crosswind/aws/json';
import {
  LeastPrivilegeFunction,
  type LeastPrivilegeFunctionProps,
} from '../../../blocks/baseline/least-privilege-function.ts';
import { stackWith } from '../../synthesized.ts';

const props: LeastPrivilegeFunctionProps = {
  entry: `${import.meta.dirname}/../../services/word-count/functions/count.entry.ts`,
  description: 'Tried in a test',
  memoryMegabytes: 512,
  timeoutSeconds: 42,
  logRetention: RetentionDays.ONE_WEEK,
};

function built(given: LeastPrivilegeFunctionProps, ...allowed: readonly (readonly [string, string])[]) {
  const { stack, template } = stackWith((scope) => {
    const fn = new LeastPrivilegeFunction(scope, 'Tried', given);
    for (const [action, resource] of allowed) fn.allow([action], [resource]);
  });
  const only = (type: string) => stack.resources.find((resource) => resource.type === type);
  const policy = objectOf(only('AWS::IAM::Policy')?.properties['PolicyDocument']);
  return {
    fn: only('AWS::Lambda::Function')?.properties ?? {},
    template,
    logs: only('AWS::Logs::LogGroup'),
    statements: listOf(policy['Statement']).filter(isObject),
  };
}

describe('a function of least privilege', () => {
  test('is what its properties say', () => {
    const { fn, logs } = built({ ...props, environment: { PLACE: 'here' } });
    expect(fn).toMatchObject({
      Description: 'Tried in a test',
      MemorySize: 512,
      Timeout: 42,
      Environment: { Variables: { PLACE: 'here' } },
      LoggingConfig: { LogGroup: logs?.name },
    });
    expect(logs?.properties).toMatchObject({ RetentionInDays: 7 });
  });

  test('runs on Node.js 24 and arm64, and is traced', () => {
    expect(built(props).fn).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    });
  });

  test('has a log group that is deleted with its stack', () => {
    built(props).template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    });
  });

  test('may write its own log and its traces, and nothing else', () => {
    const { statements, logs } = built(props);
    expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['logs:CreateLogStream', 'logs:PutLogEvents'], logs?.arn],
      [['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'],
    ]);
  });

  test('may do what it is allowed beyond that, where it is allowed', () => {
    const allowed = ['s3:GetObject', 'arn:aws:s3:::mine/*'] as const;
    const [action, resource] = allowed;
    const { statements } = built(props, allowed);
    expect(statements).toHaveLength(built(props).statements.length + 1);
    expect(statements).toContainEqual({ Effect: 'Allow', Action: action, Resource: resource });
  });
});
