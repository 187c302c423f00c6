import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { Meters } from '../cloudwatch/meters.ts';
import type { EventBuses } from '../events/event-buses.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Sessions } from '../iam/sessions.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import type { QuotasOf } from '../quotas/granted-quotas.ts';
import { Throttling } from '../quotas/throttling.ts';
import type { ObjectStorage } from '../s3/object-storage.ts';
import type { SandboxService } from '../service.ts';
import type { Offer } from '../tasks/integration.ts';
import type { ModelledIntegrations } from '../tasks/integration-models.ts';
import { opaqueTask } from '../tasks/opaque-task.ts';
import { sdkOffers } from '../tasks/sdk-call.ts';
import type { StatesApi } from './api/states-api.ts';
import { stepFunctionsService } from './api/step-functions-service.ts';
import { activityHandler } from './activity-handler.ts';
import { stateMachineHandler } from './create-state-machine.ts';
import { activityTask } from './integrations/activity-task.ts';
import { IntegrationTable } from './integrations/integration-table.ts';
import {
  sdkStepFunctions,
  startSyncArguments,
  startSyncExecution,
  stepFunctionsFailure,
} from './integrations/sdk-step-functions.ts';
import { startExecution } from './integrations/start-execution.ts';
import { startExecutionSync, startExecutionSync2, type WaitPorts } from './integrations/start-execution-sync.ts';
import { Activities } from './runtime/activities.ts';
import { Executions } from './runtime/executions.ts';
import { MapRunSlots } from './runtime/map-run-slots.ts';
import { StateMachines } from './runtime/state-machines.ts';
import { TaskTokens } from './runtime/task-tokens.ts';

export interface StepFunctionsPorts {
  readonly simulation: Simulation;
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly quotasOf: QuotasOf;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
  readonly meters: Meters;
  readonly events: EventBuses;
  readonly logGroups: LogGroups;
  readonly storage: ObjectStorage;
  /** Answers of integrations that no service offers. */
  readonly modelledIntegrations: ModelledIntegrations;
  /** Milliseconds in which the buckets of API calls fill; never goes back. */
  readonly callNow: () => number;
  /** Interval at which a workflow polls an execution in another account. */
  readonly pollIntervalSeconds: number;
  /** How long a page of an item reader takes in virtual time. */
  readonly listingMilliseconds: number;
}

export interface StepFunctions extends Required<SandboxService> {
  readonly stateMachines: StateMachines;
  readonly executions: Executions;
  readonly activities: Activities;
  readonly taskTokens: TaskTokens;
  readonly throttling: Throttling;
  readonly mapRunSlots: MapRunSlots;
  readonly api: StatesApi;
  /** The integrations that tasks find. Each service adds its own. */
  readonly table: IntegrationTable;
}

/** Step Functions: state machines, activities, their executions, and the integrations with itself. */
export function stepFunctions(ports: StepFunctionsPorts): StepFunctions {
  const { simulation, authorize, quotasOf, meters, storage, listingMilliseconds } = ports;
  const now = (): number => simulation.now();
  const stateMachines = new StateMachines();
  const activities = new Activities(simulation);
  const taskTokens = new TaskTokens(simulation);
  const throttling = new Throttling({ quotasOf, meter: meters.throttles, now, callNow: ports.callNow });
  const table = new IntegrationTable(taskTokens, opaqueTask(ports), ports.modelledIntegrations);
  const mapRunSlots = new MapRunSlots(quotasOf, meters);
  const executions = new Executions({
    ...ports,
    stateMachines,
    throttling,
    integrationFor: (resource) => table.find(resource),
    mapRuns: { simulation, authorize, storage, quotasOf, slots: mapRunSlots, listingMilliseconds },
  });
  const api: StatesApi = {
    authorize,
    stateMachines,
    executions,
    activities,
    taskTokens,
    throttling,
    integrations: table,
    now,
  };
  const machineHandler = stateMachineHandler({ ...ports, stateMachines, integrations: table });
  return {
    stateMachines,
    executions,
    activities,
    taskTokens,
    throttling,
    mapRunSlots,
    api,
    table,
    endpoint: stepFunctionsService(api, machineHandler),
    resources: {
      'AWS::StepFunctions::Activity': activityHandler(activities, simulation),
      'AWS::StepFunctions::StateMachine': machineHandler,
    },
    integrations: offers(api, { ...ports, stateMachines, executions, throttling }),
  };
}

const start = ['StateMachineArn', 'Name', 'Input'];

const offers = (api: StatesApi, ports: WaitPorts): readonly Offer[] => [
  { resource: /^arn:[^:]+:states:[^:]+:[^:]+:activity:/, integration: activityTask(api) },
  { resource: 'states:startExecution', arguments: start, integration: startExecution(ports) },
  { resource: 'states:startExecution.sync', arguments: start, integration: startExecutionSync(ports) },
  { resource: 'states:startExecution.sync:2', arguments: start, integration: startExecutionSync2(ports) },
  {
    resource: 'aws-sdk:sfn:startSyncExecution',
    arguments: startSyncArguments,
    integration: startSyncExecution(api),
  },
  ...sdkOffers(ports.simulation, { name: 'sfn', api, operations: sdkStepFunctions, failureOf: stepFunctionsFailure }),
];
