import type { TypeCalls } from './call-row.ts';
import { newTags } from './condition-keys.ts';
import { present, set, unless } from './occasions.ts';
import {
  assumedCall,
  call,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  passRole,
  reads,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { keysAt, objectAt, ofName } from './targets.ts';

const repository = 'https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-stepfunctions';
const folder = 'statemachine/src/main/java/com/amazonaws/stepfunctions/cloudformation/statemachine';
const handler = (name: string): string => `${repository}/blob/master/${folder}/${name}.java`;
const schema = schemaOf('AWS::StepFunctions::StateMachine');
const encryption = 'https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html';
const key = 'EncryptionConfiguration.KmsKeyId';
const definition = objectAt('DefinitionS3Location.Bucket', 'DefinitionS3Location.Key');

/** Logging needs `logs:CreateLogDelivery` and its kin of the state machine's own role (Developer Guide, cw-logs). */
export const stateMachine: TypeCalls = {
  arn: ofName('states', 'stateMachine:'),
  rows: [
    // UpdateHandler reads the definition again on every update; the schema lists it on create only.
    call('s3:GetObject', onChange, handler('ResourceHandler'), {
      when: unless('DefinitionS3Location.Version', present('DefinitionS3Location')),
      on: definition,
    }),
    call('s3:GetObjectVersion', onChange, handler('ResourceHandler'), {
      when: present('DefinitionS3Location.Version'),
      on: definition,
    }),
    // CreateStateMachine and UpdateStateMachine always name the role.
    passRole('RoleArn', 'states.amazonaws.com', handler('UpdateHandler')),
    ...['kms:DescribeKey', 'kms:GenerateDataKey'].map((action) =>
      call(action, onChange, encryption, { when: set(key), on: keysAt(key) }),
    ),
    call('states:CreateStateMachine', onCreate, handler('CreateHandler'), { keys: newTags, creates: true }),
    call('states:UpdateStateMachine', onUpdate, handler('UpdateHandler')),
    call('states:ListTagsForResource', onUpdate, handler('TaggingHelper')),
    ...tagging(handler('TaggingHelper'), 'states:TagResource', 'states:UntagResource'),
    assumedCall('states:DescribeStateMachine', onCreate, schema),
    call('states:DeleteStateMachine', onDelete, handler('DeleteHandler')),
    // It is gone only when its executions have ended (API_DeleteStateMachine: "status is set to DELETING").
    assumedCall('states:DescribeStateMachine', onDelete, schema),
    ...reads(schema, 'states:DescribeStateMachine', 'states:ListTagsForResource'),
    call('kms:Decrypt', onRead, encryption, { when: present(key), on: keysAt(key) }),
  ],
};

const activitySchema = schemaOf('AWS::StepFunctions::Activity');

export const activity: TypeCalls = {
  arn: ofName('states', 'activity:'),
  rows: [
    call('kms:DescribeKey', onCreate, encryption, { when: set(key), on: keysAt(key) }),
    call('states:CreateActivity', onCreate, activitySchema, { keys: newTags, creates: true }),
    ...tagging(activitySchema, 'states:TagResource', 'states:UntagResource'),
    assumedCall('states:ListTagsForResource', onUpdate, activitySchema),
    assumedCall('states:DescribeActivity', onDelete, activitySchema),
    call('states:DeleteActivity', onDelete, activitySchema),
    ...reads(activitySchema, 'states:DescribeActivity', 'states:ListTagsForResource'),
  ],
};
