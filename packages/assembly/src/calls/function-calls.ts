import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Resource, Stack } from '../resolve.ts';
import type { PlannedCall } from './planned-call.ts';
import type { Places } from './places.ts';

/** Calls that Lambda makes with the role of a function: logs, traces, failures that go to a queue or topic. */
export function functionCalls(stack: Stack, places: Places): readonly PlannedCall[] {
  return stack.resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .flatMap((resource) => {
      const call = (part: string, action: string, arn: string): PlannedCall => ({
        caller: { kind: 'role', arn: textOf(resource.properties['Role']) },
        action,
        resource: arn,
        resourceAccount: places.accountOf(arn) || (arn === '*' ? stack.account : ''),
        context: {},
        by: { path: resource.path, part },
      });
      const deadLetters = textOf(objectOf(resource.properties['DeadLetterConfig'])['TargetArn']);
      return [
        ...logCalls(stack, resource).map(([action, arn]) => call('logs', action, arn)),
        ...traceActions(resource).map((action) => call('traces', action, '*')),
        ...(deadLetters === '' ? [] : [call('dead letters', sendAction(deadLetters), deadLetters)]),
        ...surroundings(resource).map(([part, action, arn]) => call(part, action, arn)),
      ];
    });
}

/** A function writes into a stream of its log group (Lambda, "Sending Lambda function logs to CloudWatch Logs"). */
function logCalls({ account, region }: Stack, { name, properties }: Resource): readonly (readonly [string, string])[] {
  const group = textOf(objectOf(properties['LoggingConfig'])['LogGroup']) || `/aws/lambda/${name}`;
  const stream = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${group}:log-stream:*`;
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => [action, stream] as const);
}

/** Lambda, "Visualize Lambda function invocations using AWS X-Ray". */
const traceActions = ({ properties }: Resource): readonly string[] =>
  objectOf(properties['TracingConfig'])['Mode'] === 'Active'
    ? ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']
    : [];

/** Calls for the network, the file systems and the key of the environment variables. */
function surroundings({ properties }: Resource): readonly (readonly [part: string, action: string, arn: string])[] {
  const { VpcConfig, FileSystemConfigs, KmsKeyArn } = properties;
  const hasNetwork = listOf(objectOf(VpcConfig)['SubnetIds']).length > 0;
  const key = textOf(KmsKeyArn);
  return [
    ...(hasNetwork ? networkActions.map((name) => ['network', `ec2:${name}`, '*'] as const) : []),
    ...listOf(FileSystemConfigs).flatMap((each) =>
      ['ClientMount', 'ClientWrite'].map(
        (name) => ['file system', `elasticfilesystem:${name}`, textOf(objectOf(each)['Arn'])] as const,
      ),
    ),
    ...(key === '' ? [] : [['environment', 'kms:Decrypt', key] as const]),
  ];
}

/** Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC": AWSLambdaVPCAccessExecutionRole. */
const networkActions = [
  'CreateNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'DeleteNetworkInterface',
  'AssignPrivateIpAddresses',
  'UnassignPrivateIpAddresses',
];

/** Action that brings a message to a queue or a topic. */
export const sendAction = (arn: string): string => (arn.split(':')[2] === 'sns' ? 'sns:Publish' : 'sqs:SendMessage');
