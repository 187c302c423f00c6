import { type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { StateMachineResource } from '../state-machines.ts';
import { argumentsOf, type IntegrationCall, isKnown } from './integration-calls.ts';

/**
 * Calls of a Distributed Map: it lists or reads its items, starts and watches its child executions, and writes their
 * results (iam-policies-eg-dist-map). None for an inline Map.
 */
export function distributedMapCalls(state: JsonObject, machine: StateMachineResource): readonly IntegrationCall[] {
  const processor = objectOf(state['ItemProcessor'] ?? state['Iterator']);
  if (objectOf(processor['ProcessorConfig'])['Mode'] !== 'DISTRIBUTED') return [];
  const execution = machine.arn.replace(':stateMachine:', ':execution:');
  const label = textOf(state['Label']) || '*';
  return [
    ...readerCalls(objectOf(state['ItemReader']), machine),
    { action: 'states:StartExecution', resource: machine.arn },
    { action: 'states:DescribeExecution', resource: `${execution}:*` },
    { action: 'states:StopExecution', resource: `${execution}:*` },
    { action: 'states:RedriveExecution', resource: `${execution}/${label}:*` },
    ...writerCalls(objectOf(state['ResultWriter']), machine),
  ];
}

function readerCalls(reader: JsonObject, machine: StateMachineResource): readonly IntegrationCall[] {
  const given = argumentsOf(reader);
  const bucket = bucketArn(given, machine);
  if (!bucket) return [];
  const { InputType: type, Transformation: transformation } = objectOf(reader['ReaderConfig']);
  if (textOf(reader['Resource']).endsWith(':s3:listObjectsV2')) {
    const list = { ...bucket, action: 's3:ListBucket' };
    const isRead = textOf(transformation) === 'LOAD_AND_FLATTEN';
    return isRead ? [list, { ...objectIn(bucket, `${staticText(given['Prefix'])}*`), action: 's3:GetObject' }] : [list];
  }
  const key = staticText(given['Key']);
  // The files that an inventory names lie below its destination.
  const keys = type === 'MANIFEST' ? [key, '*'] : [key];
  return keys.map((each) => ({ ...objectIn(bucket, each), action: 's3:GetObject' }));
}

/** Actions of the writer of results, which uploads in parts (iam-policies-eg-dist-map). */
const writes = ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'];

function writerCalls(writer: JsonObject, machine: StateMachineResource): readonly IntegrationCall[] {
  const given = argumentsOf(writer);
  const bucket = bucketArn(given, machine);
  if (!bucket) return [];
  const prefix = staticText(given['Prefix']);
  const object = objectIn(bucket, prefix === '*' ? '*' : `${prefix}/*`);
  return writes.map((action) => ({ ...object, action }));
}

type Place = Pick<IntegrationCall, 'resource' | 'doubt'>;

function bucketArn(given: JsonObject, { region }: StateMachineResource): Place | undefined {
  const bucket = textOf(given['Bucket']);
  if (bucket === '') return undefined;
  const prefix = `arn:${partitionOf(region)}:s3:::`;
  return isKnown(bucket)
    ? { resource: `${prefix}${bucket}` }
    : { resource: `${prefix}*`, doubt: `only a run knows the bucket: ${bucket}` };
}

const objectIn = ({ resource, ...rest }: Place, key: string): Place => ({ ...rest, resource: `${resource}/${key}` });

/** The text, or `*` for one that only a run knows. A literal beginning of an expression is kept: `{% 'runs/' & … %}`. */
function staticText(value: JsonObject[string] | undefined): string {
  const text = textOf(value);
  if (isKnown(text)) return text;
  const begin = /^\{%\s*'([^']*)'\s*&/.exec(text)?.[1] ?? '';
  return `${begin}*`;
}
