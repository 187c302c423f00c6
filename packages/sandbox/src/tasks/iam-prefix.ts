import { capitalized } from './sdk-call.ts';

/**
 * IAM prefixes by the other names of a service, in lower case: in the SDK and so in `aws-sdk:` tasks, in signatures, in
 * CloudFormation types (Service Authorization Reference; supported-services-awssdk).
 */
const prefixes = new Map(
  Object.entries({
    accessanalyzer: 'access-analyzer',
    acmpca: 'acm-pca',
    amp: 'aps',
    apigatewaymanagementapi: 'execute-api',
    applicationautoscaling: 'application-autoscaling',
    bedrockagent: 'bedrock',
    cloudcontrol: 'cloudformation',
    cloudcontrolapi: 'cloudformation',
    cloudwatchevents: 'events',
    cloudwatchlogs: 'logs',
    codestarconnections: 'codestar-connections',
    cognito: 'cognito-idp',
    cognitoidentity: 'cognito-identity',
    cognitoidentityprovider: 'cognito-idp',
    computeoptimizer: 'compute-optimizer',
    configservice: 'config',
    costexplorer: 'ce',
    databasemigration: 'dms',
    directory: 'ds',
    docdb: 'rds',
    dynamodbstreams: 'dynamodb',
    ecrpublic: 'ecr-public',
    efs: 'elasticfilesystem',
    elasticsearch: 'es',
    email: 'ses',
    emr: 'elasticmapreduce',
    emrcontainers: 'emr-containers',
    emrserverless: 'emr-serverless',
    eventbridge: 'events',
    iotdata: 'iot',
    iotdataplane: 'iot',
    keyspaces: 'cassandra',
    kinesisfirehose: 'firehose',
    lexmodelbuilding: 'lex',
    lexmodels: 'lex',
    location: 'geo',
    mediapackagevod: 'mediapackage-vod',
    monitoring: 'cloudwatch',
    mwaa: 'airflow',
    neptune: 'rds',
    networkfirewall: 'network-firewall',
    opensearch: 'es',
    opensearchserverless: 'aoss',
    opensearchservice: 'es',
    pinpoint: 'mobiletargeting',
    rdsdata: 'rds-data',
    redshiftdata: 'redshift-data',
    redshiftserverless: 'redshift-serverless',
    resourcegroups: 'resource-groups',
    resourcegroupstaggingapi: 'tag',
    s3control: 's3',
    sfn: 'states',
    ssmcontacts: 'ssm-contacts',
    ssmincidents: 'ssm-incidents',
    ssoadmin: 'sso',
    stepfunctions: 'states',
    tagging: 'tag',
    timestreamquery: 'timestream',
    timestreamwrite: 'timestream',
    wafv2: 'wafv2',
  }),
);

/** Actions by prefix and operation, where they have other names (Service Authorization Reference; connect-…). */
const actions = new Map(
  Object.entries({
    'apigateway:Invoke': 'execute-api:Invoke',
    'elasticmapreduce:AddStep': 'elasticmapreduce:AddJobFlowSteps',
    'elasticmapreduce:CreateCluster': 'elasticmapreduce:RunJobFlow',
    'http:Invoke': 'states:InvokeHTTPEndpoint',
    'lambda:Invoke': 'lambda:InvokeFunction',
    's3:DeleteObjects': 's3:DeleteObject',
    's3:HeadBucket': 's3:ListBucket',
    's3:HeadObject': 's3:GetObject',
    's3:ListBuckets': 's3:ListAllMyBuckets',
    's3:ListObjects': 's3:ListBucket',
    's3:ListObjectsV2': 's3:ListBucket',
  }),
);

/** The IAM prefix of a service: mostly its name, without the version or part of its API. */
export function iamPrefix(service: string): string {
  const name = service.toLowerCase();
  const base = name.replace(/(?:v2|runtime)+$/, '');
  return prefixes.get(name) ?? prefixes.get(base) ?? base;
}

/** The IAM action of an operation, which may begin in lower case as in the resource of a task. */
export function iamAction(service: string, operation: string): string {
  const action = `${iamPrefix(service)}:${capitalized(operation)}`;
  return actions.get(action) ?? action;
}
