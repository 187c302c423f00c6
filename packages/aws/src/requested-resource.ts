import { partitionOf } from './partition.ts';
import { servicePrefix } from './arn.ts';

/** ARN on which the permission of a request is decided that no service of the sandbox reads. */
export interface RequestedResource {
  readonly arn: string;
  /** True if AWS may decide on another ARN, for example on that of an index instead of its table. */
  readonly isAssumed: boolean;
}

/** Services whose requests name the one type of resource that they have (service authorization reference). */
const withOneType = new Set(['sqs', 'sns']);

/**
 * The resource that a request of a service names in its texts.
 * @param known ARN of a resource that is known otherwise, for example by its name
 */
export function requestedResource(
  service: string,
  texts: readonly string[],
  known: string | undefined,
): RequestedResource {
  const prefix = servicePrefix(service);
  const named = new Set(
    texts.map(arnOfQueue).filter((text) => text.startsWith('arn:') && text.split(':')[2] === prefix),
  );
  const [first] = named;
  // With two, one of them may be part of a message.
  return { arn: known ?? first ?? '*', isAssumed: named.size !== 1 || !withOneType.has(prefix) };
}

/** The ARN of a queue that a text is the URL of (AWS::SQS::Queue, return value of Ref); any other text as it is. */
function arnOfQueue(text: string): string {
  const [, region, account = '', name = ''] =
    /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]+)$/.exec(text) ?? [];
  return region === undefined ? text : `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}`;
}
