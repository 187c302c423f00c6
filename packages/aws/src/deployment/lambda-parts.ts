import type { CallRow, Operation, Targets, TypeCalls } from './call-row.ts';
import { keyFrom, newTags, allKeys } from './condition-keys.ts';
import { lambdaApi } from './lambda-function.ts';
import { given, present, set, textAt, unless } from './occasions.ts';
import {
  assumedCall,
  call,
  notNeeded,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { arnHere, everything, functionArn, generated, keysAt, objectAt } from './targets.ts';

/** The function that the property names. */
const itsFunction: Targets = (change) => [functionArn(change, textAt(change.properties, 'FunctionName'))];

const onFunction = (rows: readonly CallRow[]): readonly CallRow[] =>
  rows.map((row) => (row.on === undefined ? { ...row, on: itsFunction } : row));

/** Service Authorization Reference, "Condition keys for AWS Lambda". */
const ofPermission = allKeys(
  keyFrom('lambda:Principal', 'Principal'),
  keyFrom('lambda:FunctionUrlAuthType', 'FunctionUrlAuthType'),
);

/** A statement of the function's policy; it has no ARN. */
export const permission: TypeCalls = {
  arn: () => '*',
  rows: onFunction([
    call('lambda:AddPermission', onCreate, lambdaApi('AddPermission'), { keys: ofPermission }),
    call('lambda:RemovePermission', onDelete, lambdaApi('RemovePermission'), { keys: ofPermission }),
    call('lambda:GetPolicy', onRead, schemaOf('AWS::Lambda::Permission')),
  ]),
};

const versionSchema = schemaOf('AWS::Lambda::Version');
const provisioned = 'ProvisionedConcurrencyConfig';

const provisionedRows = (during: readonly Operation[]): readonly CallRow[] => [
  call('lambda:PutProvisionedConcurrencyConfig', during, lambdaApi('PutProvisionedConcurrencyConfig'), {
    when: set(provisioned),
    on: ({ own }) => [own],
  }),
  call('lambda:GetProvisionedConcurrencyConfig', during, lambdaApi('PutProvisionedConcurrencyConfig'), {
    when: set(provisioned),
    on: ({ own }) => [own],
  }),
];

export const version: TypeCalls = {
  arn: generated,
  rows: onFunction([
    call('lambda:PublishVersion', onCreate, lambdaApi('PublishVersion')),
    assumedCall('lambda:GetFunctionConfiguration', onCreate, versionSchema),
    ...provisionedRows(onCreate),
    call('lambda:PutRuntimeManagementConfig', onCreate, lambdaApi('PutRuntimeManagementConfig'), {
      when: set('RuntimePolicy'),
    }),
    assumedCall('lambda:GetRuntimeManagementConfig', onCreate, versionSchema, { when: set('RuntimePolicy') }),
    assumedCall('lambda:GetFunctionConfiguration', onDelete, versionSchema),
    call('lambda:DeleteFunction', onDelete, lambdaApi('DeleteFunction')),
    call('lambda:GetFunctionConfiguration', onRead, versionSchema),
    call('lambda:GetRuntimeManagementConfig', onRead, versionSchema),
    call('lambda:GetProvisionedConcurrencyConfig', onRead, versionSchema, { on: ({ own }) => [own] }),
  ]),
};

const aliasSchema = schemaOf('AWS::Lambda::Alias');

export const alias: TypeCalls = {
  arn: (resource) => `${functionArn(resource, textAt(resource.properties, 'FunctionName'))}:${resource.name}`,
  rows: onFunction([
    call('lambda:CreateAlias', onCreate, lambdaApi('CreateAlias')),
    call('lambda:UpdateAlias', onUpdate, lambdaApi('UpdateAlias'), {
      when: given('FunctionVersion', 'Description', 'RoutingConfig'),
    }),
    assumedCall('lambda:GetAlias', [...onUpdate, ...onDelete], aliasSchema),
    ...provisionedRows(onChange),
    call('lambda:DeleteProvisionedConcurrencyConfig', onUpdate, lambdaApi('DeleteProvisionedConcurrencyConfig'), {
      when: (change) => (set(provisioned)(change).length > 0 ? [] : given(provisioned)(change)),
      on: ({ own }) => [own],
    }),
    call('lambda:DeleteAlias', onDelete, lambdaApi('DeleteAlias')),
    call('lambda:GetAlias', onRead, aliasSchema),
    call('lambda:GetProvisionedConcurrencyConfig', onRead, aliasSchema, { on: ({ own }) => [own] }),
  ]),
  notNeeded: notNeeded(
    'only with an UpdatePolicy CodeDeployLambdaAliasUpdate, which is no property',
    onUpdate,
    'codedeploy:CreateDeployment',
    'codedeploy:GetDeployment',
    'codedeploy:GetDeploymentGroup',
    'codedeploy:GetDeploymentConfig',
    'codedeploy:StopDeployment',
  ),
};

const mappingSchema = schemaOf('AWS::Lambda::EventSourceMapping');
const byFunction: CallRow['keys'] = (change) => ({
  'lambda:FunctionArn': functionArn(change, textAt(change.properties, 'FunctionName')),
});

export const eventSourceMapping: TypeCalls = {
  arn: generated,
  rows: [
    call('lambda:CreateEventSourceMapping', onCreate, lambdaApi('CreateEventSourceMapping'), {
      on: everything,
      keys: allKeys(byFunction, newTags),
      creates: true,
    }),
    ...['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'].map((action) =>
      assumedCall(action, onChange, mappingSchema, { when: set('KmsKeyArn'), on: keysAt('KmsKeyArn') }),
    ),
    call('lambda:UpdateEventSourceMapping', onUpdate, lambdaApi('UpdateEventSourceMapping'), { keys: byFunction }),
    ...tagging(lambdaApi('TagResource'), 'lambda:TagResource', 'lambda:UntagResource'),
    // It is enabled or disabled only after a while (API_CreateEventSourceMapping, "State").
    call('lambda:GetEventSourceMapping', onChange, lambdaApi('CreateEventSourceMapping'), { keys: byFunction }),
    call('lambda:DeleteEventSourceMapping', onDelete, lambdaApi('DeleteEventSourceMapping'), { keys: byFunction }),
    call('lambda:GetEventSourceMapping', onDelete, lambdaApi('DeleteEventSourceMapping'), { keys: byFunction }),
    assumedCall('kms:Decrypt', [...onDelete, ...onRead], mappingSchema, {
      when: present('KmsKeyArn'),
      on: keysAt('KmsKeyArn'),
    }),
    call('lambda:GetEventSourceMapping', onRead, mappingSchema, { keys: byFunction }),
  ],
};

const layerSchema = schemaOf('AWS::Lambda::LayerVersion');
const content = objectAt('Content.S3Bucket', 'Content.S3Key');
/** API_GetObject: a version needs `s3:GetObjectVersion` and not `s3:GetObject`. */
const contentVersion = 'Content.S3ObjectVersion';

export const layerVersion: TypeCalls = {
  arn: generated,
  rows: [
    call('s3:GetObject', onCreate, lambdaApi('PublishLayerVersion'), {
      when: unless(contentVersion, present('Content')),
      on: content,
    }),
    call('s3:GetObjectVersion', onCreate, lambdaApi('PublishLayerVersion'), {
      when: present(contentVersion),
      on: content,
    }),
    call('lambda:PublishLayerVersion', onCreate, lambdaApi('PublishLayerVersion'), {
      on: (change) => [arnHere(change, 'lambda', `layer:${textAt(change.properties, 'LayerName') || change.name}`)],
    }),
    assumedCall('lambda:GetLayerVersion', onDelete, layerSchema),
    call('lambda:DeleteLayerVersion', onDelete, lambdaApi('DeleteLayerVersion')),
    call('lambda:GetLayerVersion', onRead, layerSchema),
  ],
};

const itsTarget: Targets = (change) => [functionArn(change, textAt(change.properties, 'TargetFunctionArn'))];
const ofUrl = keyFrom('lambda:FunctionUrlAuthType', 'AuthType');

/** A URL of a function; it has no ARN. */
export const functionUrl: TypeCalls = {
  arn: () => '*',
  rows: (
    [
      ['CreateFunctionUrlConfig', onCreate],
      ['GetFunctionUrlConfig', onRead],
      ['UpdateFunctionUrlConfig', onUpdate],
      ['DeleteFunctionUrlConfig', onDelete],
    ] as const
  ).map(([operation, during]) =>
    call(`lambda:${operation}`, during, lambdaApi(operation), { on: itsTarget, keys: ofUrl }),
  ),
};
