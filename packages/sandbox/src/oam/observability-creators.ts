import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Cloud } from '../cloud.ts';
import { expressionProblem } from '../cloudwatch/dashboard-expressions.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';

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

/** A dashboard whose body is JSON with widgets, and whose expressions the sandbox can evaluate. */
export function createDashboard(
  { observability, simulation }: Cloud,
  { name, properties }: Resource,
  { account, region }: Stack,
): void {
  const body = widgetsIn(textOf(properties['DashboardBody']));
  if (!body) throw new DeploymentRefused('InvalidParameterInput', 'the body of a dashboard must be JSON with widgets');
  const problem = expressionProblem(body);
  if (problem !== undefined) throw new DeploymentRefused('InvalidParameterInput', problem);
  observability.dashboards.push({ name, account, region, createdAt: simulation.now(), properties: body });
}

function widgetsIn(text: string): JsonObject | undefined {
  try {
    const body = objectOf(JSON.parse(text) as JsonObject);
    return listOf(body['widgets']).length > 0 ? body : undefined;
  } catch {
    return undefined;
  }
}
