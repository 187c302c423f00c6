import type { JsonObject } from '@crosswind/aws/json';

const roleOf = (service: string): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
  },
});

/** A stack of another team: a function that runs each minute, with concurrency that it has reserved. */
export const greedy = (reserved: number): JsonObject => ({
  Resources: {
    FunctionRole: roleOf('lambda.amazonaws.com'),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'greedy',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: 'exports.handler = async () => undefined;' },
        Role: { 'Fn::GetAtt': ['FunctionRole', 'Arn'] },
        ReservedConcurrentExecutions: reserved,
      },
    },
    ScheduleRole: roleOf('scheduler.amazonaws.com'),
    SchedulePolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'greedy',
        Roles: [{ Ref: 'ScheduleRole' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Function', 'Arn'] } },
          ],
        },
      },
    },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'greedy',
        ScheduleExpression: 'rate(1 minute)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: { 'Fn::GetAtt': ['Function', 'Arn'] }, RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] } },
      },
    },
  },
});
