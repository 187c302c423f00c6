/** A policy document of AWS. */
export interface ManagedPolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: '*';
  }[];
}

const allowing = (...actions: readonly string[]): ManagedPolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** The AWS managed policies that the CDK attaches by itself (AWS Managed Policy Reference Guide), by their ARN's path and name. */
const documents: Readonly<Record<string, ManagedPolicyDocument>> = {
  AdministratorAccess: allowing('*'),
  'service-role/AWSLambdaBasicExecutionRole': allowing(...logs),
  'service-role/AWSLambdaVPCAccessExecutionRole': allowing(
    ...logs,
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ),
  'service-role/AWSLambdaSQSQueueExecutionRole': allowing(
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...logs,
  ),
  'service-role/AWSLambdaDynamoDBExecutionRole': allowing(
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    ...logs,
  ),
  AWSXRayDaemonWriteAccess: allowing(
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ),
};

/** The document of an AWS managed policy; undefined for one whose statements are not known here. */
export function managedPolicy(arn: string): ManagedPolicyDocument | undefined {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  return name === undefined || !Object.hasOwn(documents, name) ? undefined : documents[name];
}
