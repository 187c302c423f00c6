import { textOf } from '../json.ts';
import type { Change, Targets, TypeCalls } from './call-row.ts';
import { allKeys, keyFrom, newTags } from './condition-keys.ts';
import { all, each, given, gone, ifAlso, set, textAt, valuesAt } from './occasions.ts';
import {
  assumedCall,
  call,
  notNeeded,
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
import { arnHere, ofName } from './targets.ts';

const repository = 'https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-sns';
const handler = (name: string): string =>
  `${repository}/blob/master/aws-sns-topic/src/main/java/software/amazon/sns/topic/${name}.java`;
const snsApi = (operation: string): string => `https://docs.aws.amazon.com/sns/latest/api/API_${operation}.html`;
const topicSchema = schemaOf('AWS::SNS::Topic');

/** Properties that `SetTopicAttributes` takes. */
const topicAttributes = [
  'ArchivePolicy',
  'ContentBasedDeduplication',
  'DeliveryStatusLogging',
  'DisplayName',
  'FifoThroughputScope',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
];

const feedbackRoles = ['SuccessFeedbackRoleArn', 'FailureFeedbackRoleArn'] as const;

export const topic: TypeCalls = {
  arn: ofName('sns', ''),
  rows: [
    call('sns:GetTopicAttributes', onChange, handler('CreateHandler')),
    ...feedbackRoles.map((property) =>
      passRole(`DeliveryStatusLogging[].${property}`, 'sns.amazonaws.com', topicSchema, {
        when: ifAlso(set('DeliveryStatusLogging'), all(`DeliveryStatusLogging[].${property}`)),
        assumed: true,
      }),
    ),
    call('sns:CreateTopic', onCreate, handler('CreateHandler'), { keys: newTags, creates: true }),
    ...tagging(handler('UpdateHandler'), 'sns:TagResource', 'sns:UntagResource'),
    call('sns:SetTopicAttributes', onUpdate, handler('UpdateHandler'), { when: given(...topicAttributes) }),
    call('sns:PutDataProtectionPolicy', onChange, handler('UpdateHandler'), { when: given('DataProtectionPolicy') }),
    call('sns:Unsubscribe', onUpdate, handler('UpdateHandler'), { when: gone('Subscription[]') }),
    call('sns:Subscribe', onChange, handler('CreateHandler'), {
      when: each('Subscription[]'),
      keys: (_, value) => ({
        'sns:Endpoint': textOf(valuesAt(value, 'Endpoint')[0]),
        'sns:Protocol': textOf(valuesAt(value, 'Protocol')[0]),
      }),
    }),
    // awslabs/aws-deployment-framework#572 found the same.
    call('sns:ListSubscriptionsByTopic', onUpdate, handler('UpdateHandler')),
    assumedCall('sns:ListTagsForResource', onUpdate, topicSchema),
    call('sns:GetDataProtectionPolicy', onUpdate, topicSchema, { when: set('DataProtectionPolicy'), assumed: true }),
    call('sns:GetTopicAttributes', onDelete, handler('DeleteHandler')),
    call('sns:DeleteTopic', onDelete, handler('DeleteHandler')),
    ...reads(
      handler('ReadHandler'),
      'sns:GetTopicAttributes',
      'sns:ListTagsForResource',
      'sns:ListSubscriptionsByTopic',
      'sns:GetDataProtectionPolicy',
    ),
  ],
  notNeeded: notNeeded('PassRole alone is documented for a role that a service gets', onChange, 'iam:GetRole'),
};

const itsTopic: Targets = ({ properties }) => [textAt(properties, 'TopicArn')];

/** Service Authorization Reference, "Condition keys for Amazon SNS". */
const ofSubscription = allKeys(keyFrom('sns:Endpoint', 'Endpoint'), keyFrom('sns:Protocol', 'Protocol'));

/** Not in the schemas: from the operations of the API that its properties need. */
export const subscription: TypeCalls = {
  arn: () => '*',
  rows: [
    passRole('SubscriptionRoleArn', 'sns.amazonaws.com', snsApi('Subscribe'), {
      when: ifAlso(set('SubscriptionRoleArn'), all('SubscriptionRoleArn')),
      assumed: true,
    }),
    call('sns:Subscribe', onCreate, snsApi('Subscribe'), { on: itsTopic, keys: ofSubscription }),
    call('sns:SetSubscriptionAttributes', onUpdate, snsApi('SetSubscriptionAttributes'), { on: itsTopic }),
    assumedCall('sns:GetSubscriptionAttributes', onUpdate, snsApi('GetSubscriptionAttributes'), { on: itsTopic }),
    call('sns:Unsubscribe', onDelete, snsApi('Unsubscribe'), { on: itsTopic }),
    call('sns:GetSubscriptionAttributes', onRead, snsApi('GetSubscriptionAttributes'), { on: itsTopic }),
  ],
};

const topics: Targets = ({ properties, before }) => [
  ...new Set([properties, before].flatMap((of) => valuesAt(of, 'Topics[]')).map(textOf)),
];

/** The policy of topics; it has no ARN. */
export const topicPolicy: TypeCalls = {
  arn: () => '*',
  rows: [call('sns:SetTopicAttributes', [...onChange, ...onDelete], schemaOf('AWS::SNS::TopicPolicy'), { on: topics })],
};

const sqsApi = (operation: string): string =>
  `https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_${operation}.html`;
const queueSchema = schemaOf('AWS::SQS::Queue');

export const queue: TypeCalls = {
  arn: ofName('sqs', ''),
  rows: [
    call('sqs:CreateQueue', onCreate, sqsApi('CreateQueue'), { keys: newTags, creates: true }),
    ...tagging(sqsApi('TagQueue'), 'sqs:TagQueue', 'sqs:UntagQueue'),
    call('sqs:SetQueueAttributes', onUpdate, sqsApi('SetQueueAttributes')),
    // The attribute Arn of the resource.
    call('sqs:GetQueueAttributes', onChange, queueSchema),
    assumedCall('sqs:GetQueueUrl', onCreate, queueSchema),
    assumedCall('sqs:ListQueueTags', onChange, queueSchema, { when: (change) => (hasTags(change) ? [null] : []) }),
    call('sqs:GetQueueAttributes', onDelete, queueSchema, { assumed: true }),
    call('sqs:DeleteQueue', onDelete, sqsApi('DeleteQueue')),
    ...reads(queueSchema, 'sqs:GetQueueAttributes', 'sqs:ListQueueTags'),
  ],
};

const hasTags = ({ properties, before, tags = {} }: Change): boolean =>
  Object.keys(tags).length > 0 || [properties, before].some((of) => valuesAt(of, 'Tags[]').length > 0);

/** The queue of an URL such as `https://sqs.eu-west-1.amazonaws.com/111111111111/name`. */
const queues: Targets = (change) => [
  ...new Set(
    [change.properties, change.before]
      .flatMap((of) => valuesAt(of, 'Queues[]'))
      .map((url) => {
        const [name = '', account = change.account] = textOf(url).split('/').reverse();
        return arnHere({ ...change, account }, 'sqs', name);
      }),
  ),
];

/** The policy of queues; it has no ARN. */
export const queuePolicy: TypeCalls = {
  arn: () => '*',
  rows: [call('sqs:SetQueueAttributes', [...onChange, ...onDelete], schemaOf('AWS::SQS::QueuePolicy'), { on: queues })],
};
