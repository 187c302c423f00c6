import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Observability, Watcher } from '../oam/observability.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import { expressionProblem } from './dashboard-expressions.ts';

export interface CreateDashboardPorts {
  readonly observability: Observability;
  readonly simulation: Simulation;
}

/**
 * `AWS::CloudWatch::Dashboard`, whose body is JSON with widgets, and whose expressions the sandbox can evaluate. Creation
 * replaces a dashboard of the name (API_PutDashboard).
 */
export function dashboardHandler({ observability, simulation }: CreateDashboardPorts): ResourceHandler {
  // Dashboards are those of an account, whatever the region ("Using Amazon CloudWatch dashboards").
  const isNot =
    ({ name }: Resource, { account }: Stack) =>
    (other: Watcher): boolean =>
      other.name !== name || other.account !== account;
  const put = (resource: Resource, stack: Stack): void => {
    const { name } = resource;
    const { account, region } = stack;
    const body = widgetsIn(textOf(resource.properties['DashboardBody']));
    if (!body)
      throw new DeploymentRefused('InvalidParameterInput', 'the body of a dashboard must be JSON with widgets');
    const problem = expressionProblem(body);
    if (problem !== undefined) throw new DeploymentRefused('InvalidParameterInput', problem);
    const dashboard = { name, account, region, createdAt: simulation.now(), properties: body };
    observability.dashboards = [...observability.dashboards.filter(isNot(resource, stack)), dashboard];
  };
  return {
    create: put,
    update: (resource, _, stack) => {
      put(resource, stack);
    },
    delete: (resource, stack) => {
      observability.dashboards = observability.dashboards.filter(isNot(resource, stack));
    },
    read: (resource, stack) => {
      const dashboard = observability.dashboards.find((each) => !isNot(resource, stack)(each));
      if (!dashboard) return undefined;
      const { DashboardBody } = resource.properties;
      const isAsDeployed = JSON.stringify(dashboard.properties) === JSON.stringify(widgetsIn(textOf(DashboardBody)));
      // The same body counts as the same text, however it is written.
      const body = isAsDeployed ? DashboardBody : JSON.stringify(dashboard.properties);
      return liveProperties({ DashboardName: dashboard.name, DashboardBody: body });
    },
  };
}

function widgetsIn(text: string): JsonObject | undefined {
  try {
    const body = objectOf(JSON.parse(text) as JsonObject);
    return listOf(body['widgets']).length > 0 ? body : undefined;
  } catch {
    return undefined;
  }
}
