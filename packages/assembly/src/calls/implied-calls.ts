import { type PlannedCall } from './planned-call.ts';
import { bucketOf, type Places } from './places.ts';

/** Calls of the key that encrypts a bucket, by the action on its objects (Amazon S3 User Guide, "UsingKMSEncryption"). */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['kms:Decrypt'],
  's3:GetObjectVersion': ['kms:Decrypt'],
  's3:PutObject': ['kms:GenerateDataKey'],
};

/** Calls of the key of a topic or queue: a data key, which is unwrapped again (SNS and SQS: "Key management"). */
const messageActions: Readonly<Record<string, readonly string[]>> = {
  'sns:Publish': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
  'sqs:SendMessage': ['kms:GenerateDataKey', 'kms:Decrypt'],
};

/**
 * The call, and those that AWS makes for it as the same caller: with the key of an encrypted bucket, topic or queue.
 */
export function withImplied(call: PlannedCall, places: Places): readonly PlannedCall[] {
  const [service = ''] = call.action.split(':');
  const ofKey = (key: string, actions: readonly string[]): readonly PlannedCall[] => {
    const region = key.split(':')[3] ?? '';
    return actions.map((action) => ({
      ...call,
      action,
      resource: key,
      resourceAccount: places.accountOf(key),
      context: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
    }));
  };
  if (service === 's3') {
    const key = places.keyOfBucket(bucketOf(call.resource));
    return key === undefined ? [call] : [call, ...ofKey(key, keyActions[call.action] ?? [])];
  }
  const actions = messageActions[call.action];
  const key = actions && places.keyOf(call.resource);
  return key === undefined ? [call] : [call, ...ofKey(key, actions ?? [])];
}
