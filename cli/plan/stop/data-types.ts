import type { JsonObject } from '@crosswind/aws/json';

/** A kind of data that goes with its resource. */
export interface DataType {
  /** The data, as the sentence "… with its …" names it. */
  readonly holds: string;
  /** True for a resource that holds data worth a stop. @default - each of the type */
  readonly when?: (properties: JsonObject) => boolean;
}

const data = (holds: string): DataType => ({ holds });

/**
 * A log group whose events end by themselves within this time is no stop: a function comes and goes with it. Days; our
 * choice, documented in docs/plan.md.
 */
export const daysOfLogsThatMayGo = 90;

const database = data('tables');
const cluster = data('data');

/**
 * Resource types whose data is lost with the physical resource, or stays in one that nothing uses any more. Each loses it
 * when it is deleted: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html.
 * Not in it: what a template says completely, such as SSM parameters, topics, policies and state machines.
 */
export const dataTypes: Readonly<Record<string, DataType>> = {
  'AWS::ACMPCA::CertificateAuthority': data('private key'),
  'AWS::AmazonMQ::Broker': data('messages'),
  'AWS::Backup::BackupVault': data('recovery points'),
  'AWS::Cassandra::Keyspace': database,
  'AWS::Cassandra::Table': data('rows'),
  'AWS::CodeArtifact::Repository': data('packages'),
  'AWS::CodeCommit::Repository': data('commits'),
  'AWS::Cognito::UserPool': data('users'),
  'AWS::DocDB::DBCluster': database,
  'AWS::DocDB::DBInstance': database,
  'AWS::DynamoDB::GlobalTable': data('items'),
  'AWS::DynamoDB::Table': data('items'),
  'AWS::EC2::Instance': data('volumes'),
  'AWS::EC2::Volume': data('blocks'),
  'AWS::ECR::Repository': data('images'),
  'AWS::EFS::FileSystem': data('files'),
  'AWS::ElastiCache::CacheCluster': data('entries'),
  'AWS::ElastiCache::ReplicationGroup': data('entries'),
  'AWS::ElastiCache::ServerlessCache': data('entries'),
  'AWS::Elasticsearch::Domain': data('indexes'),
  'AWS::EMR::Cluster': data('HDFS files'),
  'AWS::Events::Archive': data('events'),
  'AWS::FSx::FileSystem': data('files'),
  'AWS::FSx::Volume': data('files'),
  'AWS::Kinesis::Stream': data('records'),
  // Without the key, everything that it encrypts is lost: AWS KMS Developer Guide, "Delete an AWS KMS key".
  'AWS::KMS::Key': data('key material, and with everything that it encrypts'),
  'AWS::KMS::ReplicaKey': data('key material, and with everything that it encrypts'),
  // API_DeleteLogGroup: "permanently deletes all the archived log events".
  'AWS::Logs::LogGroup': {
    holds: 'log events',
    when: ({ RetentionInDays: days }) => days === undefined || Number(days) > daysOfLogsThatMayGo,
  },
  'AWS::MemoryDB::Cluster': cluster,
  'AWS::MSK::Cluster': data('records'),
  'AWS::MSK::ServerlessCluster': data('records'),
  'AWS::Neptune::DBCluster': data('graph'),
  'AWS::Neptune::DBInstance': data('graph'),
  'AWS::NeptuneGraph::Graph': data('graph'),
  'AWS::OpenSearchServerless::Collection': data('indexes'),
  'AWS::OpenSearchService::Domain': data('indexes'),
  'AWS::Organizations::Account': data('resources'),
  'AWS::QLDB::Ledger': data('ledger'),
  'AWS::RDS::DBCluster': database,
  'AWS::RDS::DBInstance': database,
  'AWS::RDS::GlobalCluster': database,
  'AWS::Redshift::Cluster': database,
  'AWS::RedshiftServerless::Namespace': database,
  'AWS::S3::Bucket': data('objects'),
  'AWS::S3Express::DirectoryBucket': data('objects'),
  'AWS::S3Tables::Table': data('rows'),
  'AWS::S3Tables::TableBucket': data('tables'),
  'AWS::SDB::Domain': data('items'),
  'AWS::SecretsManager::Secret': data('value'),
  // API_DeleteQueue: "Deletes the queue […] regardless of the queue's contents."
  'AWS::SQS::Queue': data('messages'),
  'AWS::Timestream::Database': database,
  'AWS::Timestream::InfluxDBInstance': database,
  'AWS::Timestream::Table': data('records'),
};

/** Data of a resource with these properties; undefined if it holds none. */
export function dataOf(type: string, properties: JsonObject): DataType | undefined {
  const known = dataTypes[type];
  return known?.when?.(properties) === false ? undefined : known;
}
