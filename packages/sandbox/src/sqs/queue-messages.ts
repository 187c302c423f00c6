import type { JsonObject } from '@crosswind/aws/json';
import { denialMessage } from '@crosswind/iam/denial-message';
import { uuid } from '@crosswind/workflow/chance';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { QueueMeter } from '../cloudwatch/queue-meter.ts';
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
  readonly meter: QueueMeter;
  /** The properties of a queue; undefined if it does not exist. */
  readonly propertiesOf: (queueArn: string) => JsonObject | undefined;
  readonly now: () => number;
}

/** A message is kept for four days unless the queue says otherwise (API_SetQueueAttributes, `MessageRetentionPeriod`). */
const retentionSeconds = 345_600;

/** The messages of every queue. Nothing receives them; expired ones are still listed here, and not measured any more. */
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
    const { authorize, meter, propertiesOf, now } = this.#ports;
    const [, , , region = '', account = '', name = ''] = queueArn.split(':');
    const request = {
      principal,
      action: 'sqs:SendMessage',
      resource: queueArn,
      resourceAccount: account,
      context: { 'aws:RequestedRegion': region },
    };
    const decision = authorize(request);
    if (!decision.allowed) throw new AwsJsonError('AccessDenied', denialMessage(request, decision), 403, decision);
    const properties = propertiesOf(queueArn);
    if (!properties) {
      const words = 'The specified queue does not exist for this wsdl version.';
      throw new AwsJsonError('AWS.SimpleQueueService.NonExistentQueue', words);
    }
    const id = uuid(`message/${queueArn}/${this.#sent++}`);
    const messages = this.#messages.get(queueArn) ?? [];
    this.#messages.set(queueArn, messages);
    messages.push({ ...message, id, sentAt: now() });
    const retention = Number(properties['MessageRetentionPeriod'] ?? retentionSeconds) * 1_000;
    meter.sent({ arn: queueArn, name, account, region }, now(), now() + retention);
  }

  /** Removes the messages of a queue that is deleted. */
  remove(queueArn: string): void {
    this.#messages.delete(queueArn);
    this.#ports.meter.removed(queueArn);
  }
}
