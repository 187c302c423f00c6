import { textOf } from '../json.ts';
import type { KeysOf, Targets, TypeCalls } from './call-row.ts';
import { allKeys, keyFrom, keyWithAll, newTags } from './condition-keys.ts';
import { all, given, ifAlso, present, removed, set, tagsChange, textAt, unless } from './occasions.ts';
import {
  assumedCall,
  call,
  notNeeded,
  onChange,
  onCreate,
  onDelete,
  onUpdate,
  passRole,
  reads,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { arnHere, everything, it, keysAt, objectAt, ofName } from './targets.ts';

const schema = schemaOf('AWS::Lambda::Function');
export const lambdaApi = (operation: string): string =>
  `https://docs.aws.amazon.com/lambda/latest/api/API_${operation}.html`;
const guide = (page: string): string => `https://docs.aws.amazon.com/lambda/latest/dg/${page}.html`;

/** Properties that `UpdateFunctionConfiguration` takes. */
const configuration = [
  'DeadLetterConfig',
  'Description',
  'Environment',
  'EphemeralStorage',
  'FileSystemConfigs',
  'Handler',
  'ImageConfig',
  'KmsKeyArn',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'Role',
  'Runtime',
  'SnapStart',
  'Timeout',
  'TracingConfig',
  'VpcConfig',
];

/** Service Authorization Reference, "Condition keys for AWS Lambda". */
const ofConfiguration: KeysOf = allKeys(
  keyWithAll('lambda:Layer', 'Layers[]'),
  keyWithAll('lambda:SubnetIds', 'VpcConfig.SubnetIds[]'),
  keyWithAll('lambda:SecurityGroupIds', 'VpcConfig.SecurityGroupIds[]'),
);
const codeSigning = keyFrom('lambda:CodeSigningConfigArn', 'CodeSigningConfigArn');

const codeObject = objectAt('Code.S3Bucket', 'Code.S3Key');

/** The repository of `111111111111.dkr.ecr.eu-west-1.amazonaws.com/name:tag`. */
const repository: Targets = ({ partition, properties }) => {
  const [host = '', ...path] = textAt(properties, 'Code.ImageUri').split('/');
  const [account = '', , , region = ''] = host.split('.');
  return [arnHere({ partition, account, region }, 'ecr', `repository/${path.join('/').replace(/[:@].*$/, '')}`)];
};

const codeSigningConfig: Targets = (change, value) => [textOf(value), change.own];

export const lambdaFunction: TypeCalls = {
  arn: ofName('lambda', 'function:'),
  rows: [
    // API_CreateFunction, "Code": Lambda reads the object, and ECR the image, with the permissions of the caller.
    call('s3:GetObject', onChange, guide('configuration-function-zip'), {
      when: unless('Code.S3ObjectVersion', ifAlso(set('Code'), present('Code.S3Bucket'))),
      on: codeObject,
    }),
    // API_GetObject: a version needs s3:GetObjectVersion and not s3:GetObject.
    call('s3:GetObjectVersion', onChange, 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html', {
      when: ifAlso(set('Code'), present('Code.S3ObjectVersion')),
      on: codeObject,
    }),
    ...['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].map((action) =>
      call(action, onChange, guide('images-create'), { when: set('Code.ImageUri'), on: repository }),
    ),
    passRole('Role', 'lambda.amazonaws.com', guide('lambda-intro-execution-role'), { during: onCreate }),
    // The handler is assumed to send the whole configuration, with the role.
    passRole('Role', 'lambda.amazonaws.com', schema, {
      during: onUpdate,
      when: ifAlso(given(...configuration), all('Role')),
      assumed: true,
    }),
    ...['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'].map((action) =>
      call(action, onChange, guide('configuration-vpc'), { when: set('VpcConfig'), on: everything }),
    ),
    call('lambda:GetLayerVersion', onChange, lambdaApi('GetLayerVersion'), {
      when: ifAlso(set('Layers'), all('Layers[]')),
      on: it,
    }),
    ...['kms:CreateGrant', 'kms:Decrypt'].map((action) =>
      call(action, onChange, guide('security-encryption-at-rest'), { when: set('KmsKeyArn'), on: keysAt('KmsKeyArn') }),
    ),
    call('kms:Encrypt', onCreate, guide('security-encryption-at-rest'), {
      when: set('KmsKeyArn'),
      on: keysAt('KmsKeyArn'),
    }),
    assumedCall('kms:GenerateDataKey', onChange, schema, { when: set('KmsKeyArn'), on: keysAt('KmsKeyArn') }),
    assumedCall('lambda:GetCodeSigningConfig', onChange, schema, {
      when: ifAlso(set('CodeSigningConfigArn'), all('CodeSigningConfigArn')),
      on: it,
    }),
    call('lambda:CreateFunction', onCreate, lambdaApi('CreateFunction'), {
      keys: allKeys(ofConfiguration, codeSigning, newTags),
      creates: true,
    }),
    ...tagging(guide('configuration-tags'), 'lambda:TagResource', 'lambda:UntagResource'),
    assumedCall('lambda:ListTags', onUpdate, schema, { when: tagsChange }),
    call('lambda:UpdateFunctionConfiguration', onUpdate, lambdaApi('UpdateFunctionConfiguration'), {
      when: given(...configuration),
      keys: ofConfiguration,
    }),
    call('lambda:UpdateFunctionCode', onUpdate, lambdaApi('UpdateFunctionCode'), {
      when: given('Code', 'Architectures'),
    }),
    // serverless/serverless#1439, aws/serverless-application-model#154: without it a stack fails on create and update.
    call('lambda:GetFunction', onChange, 'https://github.com/aws/serverless-application-model/issues/154'),
    call('lambda:PutFunctionConcurrency', onChange, lambdaApi('PutFunctionConcurrency'), {
      when: set('ReservedConcurrentExecutions'),
    }),
    call('lambda:DeleteFunctionConcurrency', onUpdate, lambdaApi('DeleteFunctionConcurrency'), {
      when: removed('ReservedConcurrentExecutions'),
    }),
    call('lambda:PutFunctionCodeSigningConfig', onUpdate, lambdaApi('PutFunctionCodeSigningConfig'), {
      when: ifAlso(set('CodeSigningConfigArn'), all('CodeSigningConfigArn')),
      on: codeSigningConfig,
      keys: codeSigning,
    }),
    call('lambda:DeleteFunctionCodeSigningConfig', onUpdate, lambdaApi('DeleteFunctionCodeSigningConfig'), {
      when: removed('CodeSigningConfigArn'),
    }),
    call('lambda:PutRuntimeManagementConfig', onChange, lambdaApi('PutRuntimeManagementConfig'), {
      when: given('RuntimeManagementConfig'),
    }),
    assumedCall('lambda:GetRuntimeManagementConfig', onChange, schema, { when: present('RuntimeManagementConfig') }),
    call('lambda:PutFunctionRecursionConfig', onChange, lambdaApi('PutFunctionRecursionConfig'), {
      when: given('RecursiveLoop'),
    }),
    assumedCall('lambda:GetFunctionRecursionConfig', onChange, schema, { when: present('RecursiveLoop') }),
    assumedCall('lambda:GetFunctionCodeSigningConfig', onChange, schema, { when: present('CodeSigningConfigArn') }),
    call('lambda:DeleteFunction', onDelete, lambdaApi('DeleteFunction')),
    assumedCall('lambda:GetFunction', onDelete, schema),
    call('ec2:DescribeNetworkInterfaces', onDelete, guide('configuration-vpc'), {
      when: present('VpcConfig'),
      on: everything,
    }),
    ...reads(schema, 'lambda:GetFunction', 'lambda:GetFunctionCodeSigningConfig', 'lambda:GetFunctionRecursionConfig'),
  ],
  notNeeded: notNeeded(
    'only with FileSystemConfigs, on a file system that its access point does not name',
    onChange,
    'elasticfilesystem:DescribeMountTargets',
  ),
};
