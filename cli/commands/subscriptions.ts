import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { alertTopicArn } from '../../blocks/observability/observability-names.ts';
import { accountNamed } from '../../config/deployments.ts';
import { regionsInUse } from '../../config/regions-in-use.ts';
import { accountRoleNames } from '../../config/role-names.ts';
import type { Platform } from '../../config/schema.ts';
import { firstLine } from '../../onboarding/aws-failure.ts';
import { RunFailed } from '../failure.ts';
import type { AwsAccess, Io } from '../io.ts';
import { AccountReader, type Subscription } from '../preflight/account-reader.ts';
import { askingAws } from '../preflight/asking-aws.ts';
import { roleArnOf } from '../protect/assumed-credentials.ts';
import { loadValidPlatform } from '../read-platform.ts';
import { type SubscriptionState, subscriptionStates } from '../subscriptions/subscription-states.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface SubscriptionsOptions {
  readonly file: string;
  readonly json: boolean;
}

/** `crosswind subscriptions`: who hears of alarms. */
export function subscriptionsCommand(io: Io, clone: Clone): Command {
  return new Command('subscriptions')
    .description('list who subscribes to the alerts on AWS, and fail unless all of platform.yaml do')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print the subscriptions as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        "Needs AWS credentials of a role of the pipeline's account that may assume",
        `${accountRoleNames.viewer} of the monitoring account; it calls ListSubscriptionsByTopic.`,
        'The pipeline runs it before the samples of a wave.',
        '',
        'Exit codes: 0 every receiver has confirmed, 1 wrong input, 2 a subscription is pending, absent or extra,',
        'or AWS could not be asked.',
      ].join('\n'),
    )
    .action((options: SubscriptionsOptions) => subscriptions(io, clone, options));
}

async function subscriptions(io: Io, clone: Clone, options: SubscriptionsOptions): Promise<void> {
  const { parsed } = io.aws?.platform ?? (await loadValidPlatform(clone, resolve(options.file)));
  const { platform } = parsed;
  const terminal = terminalOf(io, options);
  const states = await askingAws(platform, () => statesOf(platform, io.aws));
  if (options.json) terminal.data(jsonText({ subscriptions: states }));
  for (const { state, topic, region, receiver, fix } of states) {
    terminal.out(`${state}: ${receiver} at ${topic} in ${region}`);
    if (fix !== undefined) terminal.out(`  fix  ${fix}`);
  }
  const wrong = states.filter(({ state }) => state !== 'confirmed');
  if (wrong.length > 0) {
    const found = wrong.map(({ state, receiver, topic, region }) => `${receiver} at ${topic} in ${region} is ${state}`);
    throw new RunFailed(
      `expected ${states.length} confirmed subscriptions, got ${states.length - wrong.length}:\n${found.join('\n')}`,
    );
  }
}

/** Every subscription, region after region. */
async function statesOf(platform: Platform, aws: AwsAccess | undefined): Promise<readonly SubscriptionState[]> {
  const account = accountNamed(platform, platform.monitoring.account).id;
  const states: SubscriptionState[] = [];
  for (const region of regionsInUse(platform)) {
    const reader = new AccountReader(account, region, aws);
    try {
      for (const severity of ['page', 'ticket'] as const) {
        const topicArn = alertTopicArn(severity, { account, region });
        const found = await subscriptionsOf(reader, topicArn, { account, region });
        states.push(
          ...subscriptionStates({ account, region, topicArn, found, receivers: platform.monitoring[severity] }),
        );
      }
    } finally {
      reader.destroy();
    }
  }
  return states;
}

async function subscriptionsOf(
  reader: AccountReader,
  topicArn: string,
  place: { readonly account: string; readonly region: string },
): Promise<readonly Subscription[]> {
  try {
    return await reader.subscriptions(topicArn);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'NotFound') {
      throw new RunFailed(
        `there is no topic ${topicArn}: expected it after the pipeline's stage observability; push first`,
      );
    }
    if (!/^(AccessDenied|AuthorizationError)/.test(error.name)) throw error;
    const viewer = roleArnOf({ ...place, role: accountRoleNames.viewer });
    throw new RunFailed(
      `${firstLine(error)}\nexpected that ${viewer} trusts the credentials at hand and may call sns:ListSubscriptionsByTopic; deploy the baseline of the monitoring account`,
    );
  }
}
