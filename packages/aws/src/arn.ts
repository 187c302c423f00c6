/** The account that an ARN names; empty for ARNs without one, such as those of buckets. */
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/**
 * Prefixes by the other names of a service, in lower case: in the SDK and so in `aws-sdk:` tasks, in signatures, in
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
    certificatemanager: 'acm',
    cloudcontrol: 'cloudformation',
    cloudcontrolapi: 'cloudformation',
    cloudwatchevents: 'events',
    cloudwatchlogs: 'logs',
    codestarconnections: 'codestar-connections',
    codestarnotifications: 'codestar-notifications',
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
    msk: 'kafka',
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
    vpclattice: 'vpc-lattice',
    wafv2: 'wafv2',
  }),
);

/**
 * Prefix of a service in IAM actions and ARNs: usually its name, without the version or part of its API.
 * @param service name in the SDK, in a signature or in a CloudFormation type, such as `sfn` or `StepFunctions`
 */
export function servicePrefix(service: string): string {
  const name = service.toLowerCase();
  const base = name.replace(/(?:v2|runtime)+$/, '');
  return prefixes.get(name) ?? prefixes.get(base) ?? base;
}
