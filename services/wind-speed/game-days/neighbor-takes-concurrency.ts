import type { JsonObject } from '@crosswind/aws/json';
import type { GameDay } from '../../../blocks/game-day.ts';

const roleOf = (service: string): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
  },
});

/** A function that runs each minute and has reserved what is left of 1,000 after the 100 that nobody may reserve. */
const greedy = {
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
        ReservedConcurrentExecutions: 900,
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
};

/** Another team is in the account, and takes most of it. */
export const neighborTakesConcurrency: GameDay = {
  name: 'neighbor-takes-concurrency',
  title: 'another team reserves nine tenths of the concurrency of the account for its function',
  fix: 'give the other team an account of its own',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'neighbor',
        account: 'parent',
        name: 'greedy',
        template: greedy,
        title: 'another team deploys a function that reserves 900 of 1,000',
      },
    },
    { minute: 30, does: { kind: 'remove-neighbor', account: 'parent', name: 'greedy' } },
  ],
  faultAt: 0,
  fixedAt: 30,
  minutes: 60,
  raises: [{ alarm: { account: 'parent', signal: 'lambda-concurrency' }, fires: [10, 10], clears: [4, 4] }],
  because: 'capacity-nearly-used',
};
