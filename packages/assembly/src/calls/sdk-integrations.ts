import { type JsonObject, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { functionTarget, table } from './argument-targets.ts';
import { type CallPlace, type Form, isKnown, named, onlyARunKnows, type Target } from './integration-calls.ts';

/** The resource of a call that the arguments of an SDK integration name. */
type TargetOf = (given: JsonObject, place: CallPlace, action: string) => Target | undefined;

const argument =
  (name: string, form: Form) =>
  (given: JsonObject, place: CallPlace): Target | undefined =>
    given[name] === undefined ? undefined : named(place, form, given[name]);

/** Arguments that are ARNs. */
const arnIn =
  (service: string, ...names: readonly string[]) =>
  (given: JsonObject, place: CallPlace): Target | undefined => {
    const name = names.find((each) => given[each] !== undefined);
    return name === undefined ? undefined : named(place, { noun: name, service, resource: () => '*' }, given[name]);
  };

const parameter: Form = {
  noun: 'parameter',
  service: 'ssm',
  resource: (name) => `parameter/${name.replace(/^\//, '')}`,
};
/** Secrets Manager ends the ARN of a secret with six characters (Secrets Manager User Guide, "What's in a secret"). */
const secret: Form = {
  noun: 'secret',
  service: 'secretsmanager',
  resource: (name) => `secret:${name}${name === '*' ? '' : '-*'}`,
};
const key: Form = { noun: 'key', service: 'kms', resource: (name) => `key/${name}` };

/** By prefix of the service in IAM: the arguments of its operations that name their resource (Service Authorization Reference). */
const targets: Readonly<Record<string, TargetOf>> = {
  dynamodb: (given, place) => {
    const found = argument('TableName', table)(given, place);
    const index = textOf(given['IndexName']);
    return found && index !== ''
      ? { ...found, resource: `${found.resource}/index/${isKnown(index) ? index : '*'}` }
      : found;
  },
  kms: (given, place) =>
    // The key behind an alias is no matter of the arguments.
    textOf(given['KeyId']).includes('alias/') ? undefined : argument('KeyId', key)(given, place),
  lambda: (given, place) => (given['FunctionName'] === undefined ? undefined : functionTarget(given, place)),
  s3: objectTarget,
  secretsmanager: argument('SecretId', secret),
  sns: arnIn('sns', 'TopicArn', 'TargetArn'),
  ssm: (given, place) => argument('Name', parameter)(given, place) ?? argument('Path', parameter)(given, place),
  states: arnIn('states', 'StateMachineArn', 'ExecutionArn', 'MapRunArn', 'ActivityArn'),
  sts: arnIn('iam', 'RoleArn'),
};

/** Actions of the table's services that its arguments do not name a resource for, although they have some. */
const others = /^(ssm:(?!\w*Parameter)|kms:\w*(Alias|CustomKeyStore))/;

/** Actions without a resource (Service Authorization Reference). */
const withoutResource = new Set([
  'cloudwatch:PutMetricData',
  'lambda:ListFunctions',
  's3:ListAllMyBuckets',
  'states:ListActivities',
  'states:ListStateMachines',
  'states:SendTaskFailure',
  'states:SendTaskHeartbeat',
  'states:SendTaskSuccess',
  'sts:GetCallerIdentity',
]);

/** The resource of an operation; undefined if its arguments do not say. */
export function sdkTarget(action: string, given: JsonObject, place: CallPlace): Target | undefined {
  if (withoutResource.has(action)) return { resource: '*' };
  return others.test(action) ? undefined : targets[action.split(':')[0] ?? '']?.(given, place, action);
}

function objectTarget({ Bucket, Key }: JsonObject, { region }: CallPlace, action: string): Target | undefined {
  const [bucket, key] = [textOf(Bucket), textOf(Key)];
  if (bucket === '') return undefined;
  const prefix = `arn:${partitionOf(region)}:s3:::`;
  if (!isKnown(bucket)) return { resource: `${prefix}*`, doubt: onlyARunKnows('bucket', bucket) };
  const isOfObject = key !== '' || action.includes('Object');
  return { resource: `${prefix}${bucket}${isOfObject ? `/${isKnown(key) ? key : '*'}` : ''}` };
}
