import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Identities } from '../iam/identities.ts';
import type { SandboxService } from '../service.ts';
import { snsPublish } from './sns-publish.ts';
import { snsService } from './sns-service.ts';
import { subscriptionHandler, topicHandler, topicPolicyHandler } from './topic-handlers.ts';
import { Topics } from './topics.ts';

export interface SnsPorts {
  readonly identities: Identities;
  readonly authorize: Authorize;
  readonly simulation: Simulation;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
  /** Answers the operations that SNS does not have here. */
  readonly absent: HttpService;
}

export interface Sns extends SandboxService {
  readonly topics: Topics;
}

/** SNS: topics, their subscriptions and policies, and publishing from a task. */
export function sns(ports: SnsPorts): Sns {
  const { authorize, simulation } = ports;
  const topics = new Topics();
  const handler = topicHandler(ports, topics);
  return {
    topics,
    endpoint: snsService({ authorize, handler, topics, absent: ports.absent }),
    resources: {
      'AWS::SNS::Topic': handler,
      'AWS::SNS::Subscription': subscriptionHandler(ports, topics),
      'AWS::SNS::TopicPolicy': topicPolicyHandler(ports),
    },
    integrations: [
      {
        resource: 'sns:publish',
        arguments: ['TopicArn', 'Message', 'Subject', 'MessageAttributes'],
        integration: snsPublish({ authorize, topics, simulation }),
      },
    ],
  };
}
