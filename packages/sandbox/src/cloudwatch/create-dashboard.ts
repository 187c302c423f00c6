import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Observability } from '../oam/observability.ts';
import type { Creator } from '../service.ts';
import { expressionProblem } from './dashboard-expressions.ts';

export interface CreateDashboardPorts {
  readonly observability: Observability;
  readonly simulation: Simulation;
}

/** Creates a dashboard whose body is JSON with widgets, and whose expressions the sandbox can evaluate. */
export const createDashboard =
  ({ observability, simulation }: CreateDashboardPorts): Creator =>
  ({ name, properties }, { account, region }) => {
    const body = widgetsIn(textOf(properties['DashboardBody']));
    if (!body)
      throw new DeploymentRefused('InvalidParameterInput', 'the body of a dashboard must be JSON with widgets');
    const problem = expressionProblem(body);
    if (problem !== undefined) throw new DeploymentRefused('InvalidParameterInput', problem);
    observability.dashboards.push({ name, account, region, createdAt: simulation.now(), properties: body });
  };

function widgetsIn(text: string): JsonObject | undefined {
  try {
    const body = objectOf(JSON.parse(text) as JsonObject);
    return listOf(body['widgets']).length > 0 ? body : undefined;
  } catch {
    return undefined;
  }
}
