import { accountOf } from '@crosswind/aws/arn';
import { denialMessage } from '@crosswind/iam/denial-message';
import { uuid } from '@crosswind/workflow/chance';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { RolePrincipal } from '../iam/sessions.ts';

/** A message in a queue. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** Texts by the name of the message attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, in virtual time. */
  readonly sentAt: number;
}

export interface QueueMessagesPorts {
  readonly authorize: Authorize;
  /** ARNs of the queues that exist. */
  readonly queues: ReadonlySet<string>;
  readonly now: () => number;
}

/** The messages of every queue. Nothing receives them, so that they are kept until the queue is deleted. */
export class QueueMessages {
  readonly #ports: QueueMessagesPorts;
  readonly #messages = new Map<string, QueueMessage[]>();
  #sent = 0;

  constructor(ports: QueueMessagesPorts) {
    this.#ports = ports;
  }

  of(queueArn: string): readonly QueueMessage[] {
    return this.#messages.get(queueArn) ?? [];
  }

  /**
   * Sends a message as a role, if the role and the queue allow it (API_SendMessage).
   * @throws AwsJsonError as SQS refuses it, with the codes of its query protocol
   */
  send(principal: RolePrincipal, queueArn: string, message: Pick<QueueMessage, 'body' | 'attributes'>): void {
    const { authorize, queues, now } = this.#ports;
    const request = {
      principal,
      action: 'sqs:SendMessage',
      resource: queueArn,
      resourceAccount: accountOf(queueArn),
      context: { 'aws:RequestedRegion': queueArn.split(':')[3] ?? '' },
    };
    const decision = authorize(request);
    if (!decision.allowed) throw new AwsJsonError('AccessDenied', denialMessage(request, decision), 403, decision);
    if (!queues.has(queueArn)) {
      const words = 'The specified queue does not exist for this wsdl version.';
      throw new AwsJsonError('AWS.SimpleQueueService.NonExistentQueue', words);
    }
    const id = uuid(`message/${queueArn}/${this.#sent++}`);
    const messages = this.#messages.get(queueArn) ?? [];
    this.#messages.set(queueArn, messages);
    messages.push({ ...message, id, sentAt: now() });
  }

  /** Removes the messages of a queue that is deleted. */
  remove(queueArn: string): void {
    this.#messages.delete(queueArn);
  }
}
