import { listOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { taken } from '../cloudformation/refusal.ts';
import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import type { SandboxService } from '../service.ts';

export interface Sqs extends SandboxService {
  /** Queues by ARN. */
  readonly queues: ReadonlySet<string>;
}

/** SQS: queues, as far as other resources name them. */
export function sqs({ identities }: { readonly identities: Identities }): Sqs {
  const queues = new Set<string>();
  return {
    queues,
    resources: {
      'AWS::SQS::Queue': ({ arn = '', name }) => {
        if (queues.has(arn)) throw taken('QueueAlreadyExists', 'A queue named', name);
        queues.add(arn);
      },
      'AWS::SQS::QueuePolicy': ({ name, properties }, { region }) => {
        const document = properties['PolicyDocument'];
        const policy = checkedPolicy('InvalidAttributeValue', `queue policy ${name}`, document, 'resource');
        for (const url of listOf(properties['Queues']).map(textOf)) {
          identities.setResourcePolicy(queueArn(url, region), policy);
        }
      },
    },
  };
}

/** A queue is referred to by its URL, which ends in account and name. */
function queueArn(url: string, region: string): string {
  const [name = '', account = ''] = url.split('/').reverse();
  return `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}`;
}
