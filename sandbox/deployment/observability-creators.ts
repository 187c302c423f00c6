import { accountOf } from '../../aws/arn.ts';
import type { Resource, Stack } from '../../assembly/resolve.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../../assembly/template.ts';
import type { Cloud } from '../cloud.ts';
import { DeploymentRefused } from './refusal.ts';

/** One sink per account and region (CloudWatch-Unified-Cross-Account). */
export function createSink({ observability }: Cloud, { arn = '', name }: Resource, { account, region }: Stack): void {
  if (observability.sinksOf(account).some((sink) => sink.region === region)) {
    throw new DeploymentRefused('ConflictException', `account ${account} has a sink in ${region} already`);
  }
  observability.sinks.push({ arn, name, account, region });
}

/** A link to a sink that is there. */
export function createLink({ observability }: Cloud, { properties }: Resource, { account }: Stack): void {
  const sinkArn = textOf(properties['SinkIdentifier']);
  if (!observability.sink(sinkArn)) {
    throw new DeploymentRefused('ResourceNotFoundException', `there is no sink ${sinkArn}`);
  }
  observability.links.push({ account, sinkArn, resourceTypes: listOf(properties['ResourceTypes']).map(textOf) });
}

/**
 * An alarm whose topics exist and whose metrics can be seen; CloudWatch refuses one on an account that is not linked.
 * An account in which nothing was deployed here is frozen, and has its link from before.
 */
export function createAlarm(
  { identities, observability, topics }: Cloud,
  { name, properties }: Resource,
  { account }: Stack,
): void {
  for (const topic of listOf(properties['AlarmActions']).map(textOf)) {
    if (!topics.has(topic))
      throw new DeploymentRefused('ValidationError', `there is no topic ${topic} in ${accountOf(topic)}`);
  }
  for (const watched of accountsIn(properties)) {
    if (observability.sees(account, watched) || !identities.knows(watched)) continue;
    throw new DeploymentRefused(
      'ValidationError',
      `metrics of account ${watched} are not shared with account ${account}`,
    );
  }
  observability.alarms.push({ name, account, properties });
}

/** A dashboard whose body is JSON with widgets. */
export function createDashboard({ observability }: Cloud, { name, properties }: Resource, { account }: Stack): void {
  const body = widgetsIn(textOf(properties['DashboardBody']));
  if (!body) throw new DeploymentRefused('InvalidParameterInput', 'the body of a dashboard must be JSON with widgets');
  observability.dashboards.push({ name, account, properties: body });
}

const accountsIn = (properties: JsonObject): readonly string[] =>
  listOf(properties['Metrics'])
    .filter(isObject)
    .map((metric) => textOf(metric['AccountId']))
    .filter((account) => account !== '');

function widgetsIn(text: string): JsonObject | undefined {
  try {
    const body = objectOf(JSON.parse(text) as JsonObject);
    return listOf(body['widgets']).length > 0 ? body : undefined;
  } catch {
    return undefined;
  }
}
