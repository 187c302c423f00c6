import { assembled } from '@crosswind/assembly/testing/assembled';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { JsonObject } from '@crosswind/aws/json';
import { nameIsGivenOnce } from '../../../policies/rules/name-is-given-once.ts';
import { resource, testRule } from './test-rule.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const stack = (id: string, Resources: Resources, given: Partial<AssembledStack> = {}): AssembledStack =>
  assembled({ Resources }, { id, name: id, ...given });

/** One resource in each of two stacks. */
const twice = (
  type: string,
  one: JsonObject,
  other: JsonObject = one,
  given: Partial<AssembledStack> = {},
  otherType = type,
): readonly AssembledStack[] => [
  stack('one', resource(type, 'First', one)),
  stack('two', resource(otherType, 'Second', other), given),
];

const found = (property: string, message: string) => ({ at: 'Second', property: `Properties.${property}`, message });
const elsewhere = { account: '222222222222' };
const otherRegion = { region: 'us-east-1' };

testRule(nameIsGivenOnce, {
  valid: {
    'the same role in two accounts': twice('AWS::IAM::Role', { RoleName: 'reader' }, undefined, elsewhere),
    'the same function in two regions': twice(
      'AWS::Lambda::Function',
      { FunctionName: 'read' },
      undefined,
      otherRegion,
    ),
    'two names': twice('AWS::SNS::Topic', { TopicName: 'one' }, { TopicName: 'two' }),
    'no names: CloudFormation makes them': twice('AWS::S3::Bucket', {}),
    'one name of two types': twice(
      'AWS::SNS::Topic',
      { TopicName: 'one' },
      { QueueName: 'one' },
      {},
      'AWS::SQS::Queue',
    ),
    'a schedule in each of two groups': twice(
      'AWS::Scheduler::Schedule',
      { GroupName: 'day', Name: 'run' },
      { GroupName: 'night', Name: 'run' },
    ),
    'an alias in each of two functions': twice(
      'AWS::Lambda::Alias',
      { FunctionName: 'one', Name: 'live' },
      { FunctionName: 'two', Name: 'live' },
    ),
    'names that only the deployment knows': twice('AWS::IAM::Role', {
      RoleName: { 'Fn::GetAtt': ['Answer', 'Name'] },
    }),
    'buckets of one name in two partitions': twice('AWS::S3::Bucket', { BucketName: 'data' }, undefined, {
      region: 'cn-north-1',
    }),
    'a resource whose condition does not hold': [
      assembled({
        Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
        Resources: {
          ...resource('AWS::SQS::Queue', 'First', { QueueName: 'one' }),
          Second: { Type: 'AWS::SQS::Queue', Condition: 'No', Properties: { QueueName: 'one' } },
        },
      }),
    ],
    'a name that is not unique: two hosted zones': twice('AWS::Route53::HostedZone', { Name: 'example.com' }),
  },
  invalid: {
    'two roles of one name in two stacks': {
      given: twice('AWS::IAM::Role', { RoleName: 'reader' }),
      ...found('RoleName', 'AWS::IAM::Role reader is also the name of App/One/First in account 111111111111'),
    },
    'two queues of one name in one stack': {
      given: {
        ...resource('AWS::SQS::Queue', 'First', { QueueName: 'one' }),
        ...resource('AWS::SQS::Queue', 'Second', { QueueName: 'one' }),
      },
      ...found('QueueName', 'AWS::SQS::Queue one is also'),
    },
    'a name that is put together': {
      given: twice(
        'AWS::Lambda::Function',
        { FunctionName: { 'Fn::Sub': 'read-${AWS::Region}' } },
        {
          FunctionName: 'read-eu-west-1',
        },
      ),
      ...found('FunctionName', 'read-eu-west-1'),
    },
    'roles in two regions, which share an account': {
      given: twice('AWS::IAM::Role', { RoleName: 'reader' }, undefined, otherRegion),
      ...found('RoleName', 'reader'),
    },
    'roles whose names differ in case': {
      given: twice('AWS::IAM::Role', { RoleName: 'Reader' }, { RoleName: 'reader' }),
      ...found('RoleName', 'reader'),
    },
    'buckets in two accounts, which share the world': {
      given: twice('AWS::S3::Bucket', { BucketName: 'data' }, undefined, elsewhere),
      ...found('BucketName', 'in account 111111111111'),
    },
    'an alarm and a composite alarm': {
      given: twice(
        'AWS::CloudWatch::Alarm',
        { AlarmName: 'late' },
        { AlarmName: 'late' },
        {},
        'AWS::CloudWatch::CompositeAlarm',
      ),
      ...found('AlarmName', 'late'),
    },
    'dashboards in two regions': {
      given: twice('AWS::CloudWatch::Dashboard', { DashboardName: 'all' }, undefined, otherRegion),
      ...found('DashboardName', 'all'),
    },
    'rules of the bus that is meant where none is named': {
      given: twice('AWS::Events::Rule', { Name: 'tick' }, { Name: 'tick', EventBusName: 'default' }),
      ...found('Name', 'tick'),
    },
    'state machines': {
      given: twice('AWS::StepFunctions::StateMachine', { StateMachineName: 'load' }),
      ...found('StateMachineName', 'load'),
    },
    'tables, by what CloudFormation identifies them by': {
      given: twice('AWS::DynamoDB::Table', { TableName: 'orders' }),
      ...found('TableName', 'orders'),
    },
    'policies of one bucket, which has only one': {
      given: twice('AWS::S3::BucketPolicy', { Bucket: 'data' }),
      ...found('Bucket', 'data'),
    },
  },
});
