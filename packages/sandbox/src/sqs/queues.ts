import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, listOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { DeploymentRefused, taken } from '../cloudformation/refusal.ts';
import type { Meters } from '../cloudwatch/meters.ts';
import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler, SandboxService } from '../service.ts';
import { QueueMessages } from './queue-messages.ts';
import { sqsService, type SqsServicePorts } from './sqs-service.ts';

export interface Sqs extends SandboxService {
  /** Queues by ARN. */
  readonly queues: ReadonlySet<string>;
  readonly messages: QueueMessages;
}

export interface SqsPorts extends Pick<SqsServicePorts, 'authorize' | 'absent'> {
  readonly identities: Identities;
  readonly simulation: Pick<Simulation, 'now'>;
  readonly meters: Pick<Meters, 'queues'>;
}

/** SQS: queues, as far as other resources name them, and the messages that services send to them. */
export function sqs({ identities, authorize, absent, simulation, meters }: SqsPorts): Sqs {
  const queues = new Set<string>();
  const propertiesOf = new Map<string, JsonObject>();
  const messages = new QueueMessages({
    authorize,
    meter: meters.queues,
    propertiesOf: (arn) => propertiesOf.get(arn),
    now: () => simulation.now(),
  });
  const handler = queueHandler(identities, { queues, propertiesOf, messages });
  return {
    queues,
    messages,
    endpoint: sqsService({ authorize, handler, absent }),
    resources: {
      'AWS::SQS::Queue': handler,
      'AWS::SQS::QueuePolicy': queuePolicyHandler(identities),
    },
  };
}

interface QueueStore {
  readonly queues: Set<string>;
  readonly propertiesOf: Map<string, JsonObject>;
  readonly messages: QueueMessages;
}

function queueHandler(identities: Identities, { queues, propertiesOf, messages }: QueueStore): ResourceHandler {
  return {
    create: ({ arn = '', name, properties }) => {
      if (queues.has(arn)) throw taken('QueueAlreadyExists', 'A queue named', name);
      queues.add(arn);
      propertiesOf.set(arn, properties);
    },
    update: ({ arn = '', properties }) => {
      if (!queues.has(arn)) {
        throw new DeploymentRefused('QueueDoesNotExist', 'The specified queue does not exist.');
      }
      propertiesOf.set(arn, properties);
    },
    // Messages in it do not keep a queue (API_DeleteQueue).
    delete: ({ arn = '' }) => {
      queues.delete(arn);
      messages.remove(arn);
      propertiesOf.delete(arn);
      identities.removeResourcePolicy(arn);
    },
    read: ({ arn = '' }) => {
      const properties = propertiesOf.get(arn);
      return properties && liveProperties(properties);
    },
  };
}

function queuePolicyHandler(identities: Identities): ResourceHandler {
  const put = ({ name, properties }: Resource, { region }: Stack): void => {
    const document = properties['PolicyDocument'];
    const policy = checkedPolicy('InvalidAttributeValue', `queue policy ${name}`, document, 'resource');
    for (const queue of queuesIn(properties, region)) identities.setResourcePolicy(queue, policy);
  };
  return {
    create: put,
    update: (resource, before, stack) => {
      put(resource, stack);
      const kept = queuesIn(resource.properties, stack.region);
      for (const queue of queuesIn(before.properties, stack.region)) {
        if (!kept.includes(queue)) identities.removeResourcePolicy(queue);
      }
    },
    delete: ({ properties }, { region }) => {
      for (const queue of queuesIn(properties, region)) identities.removeResourcePolicy(queue);
    },
    read: ({ properties }, { region }) => {
      const [policy] = queuesIn(properties, region).flatMap((queue) => identities.resourcePolicy(queue) ?? []);
      return policy && liveProperties({ Queues: properties['Queues'], PolicyDocument: policy.document });
    },
  };
}

const queuesIn = ({ Queues }: JsonObject, region: string): readonly string[] =>
  listOf(Queues).map((url) => queueArn(textOf(url), region));

/** A queue is referred to by its URL, which ends in account and name. */
function queueArn(url: string, region: string): string {
  const [name = '', account = ''] = url.split('/').reverse();
  return `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}`;
}
