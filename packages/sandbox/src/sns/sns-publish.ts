import { objectOf, textOf } from '@crosswind/aws/json';
import { type PublishPorts, publish } from './publish.ts';
import { uuid } from '@crosswind/workflow/chance';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Integration } from '../tasks/integration.ts';

/** `arn:aws:states:::sns:publish` (connect-sns); a message that is no text is sent as JSON. */
export const snsPublish =
  (ports: PublishPorts & { readonly simulation: Simulation }): Integration =>
  (call) => {
    const { TopicArn: topicArn, Message: message, Subject: subject, MessageAttributes: attributes } = call.arguments;
    call.report({ kind: 'task-started' });
    const topic = textOf(topicArn);
    const published = publish(ports, call.principal, topic, {
      subject: textOf(subject),
      message: textOf(message),
      at: ports.simulation.now(),
      ...(attributes !== undefined && { attributes: objectOf(attributes) }),
    });
    if (published.ok) {
      const messageId = uuid(`${topic}/${call.execution.arn}/${call.execution.history.length}`);
      call.report({ kind: 'task-succeeded', output: { MessageId: messageId } });
      return undefined;
    }
    const { code, status, message: why } = published;
    const cause = `${why} (Service: AmazonSNS; Status Code: ${status}; Error Code: ${code}; Request ID: simulated; Proxy: null)`;
    call.report({ kind: 'task-failed', error: `SNS.${code}Exception`, cause });
    return undefined;
  };
