import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { absentService } from './absent-service.ts';
import type { ChangeLog } from './changes/change-log.ts';
import { cloudFormationStacks } from './cloudformation/cloudformation-stacks.ts';
import { CustomResources } from './cloudformation/custom-resources.ts';
import type { OpaqueResources } from './cloudformation/opaque-resources.ts';
import type { OnlyOnAws } from './cloudformation/only-on-aws.ts';
import { passiveResources } from './cloudformation/resources/passive-resources.ts';
import { StackCalls } from './cloudformation/stack-calls.ts';
import { cloudWatch } from './cloudwatch/cloudwatch-resources.ts';
import { codeConnections } from './codeconnections/codeconnections.ts';
import { Pipelines } from './codepipeline/codepipeline.ts';
import { EventBuses } from './events/event-buses.ts';
import { eventBridge } from './events/events.ts';
import { EventRules } from './events/rules.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { Identities } from './iam/identities.ts';
import { iam } from './iam/iam.ts';
import type { Sessions } from './iam/sessions.ts';
import { kms } from './kms/kms.ts';
import { invoke } from './lambda/api/invoke.ts';
import { lambda } from './lambda/lambda.ts';
import { logs } from './logs/logs.ts';
import { oam } from './oam/oam.ts';
import { organizations } from './organizations/organizations.ts';
import type { QuotasOf } from './quotas/granted-quotas.ts';
import type { SandboxProps } from './sandbox-props.ts';
import { s3 } from './s3/s3.ts';
import { ObjectStorage } from './s3/object-storage.ts';
import { scheduler } from './scheduler/scheduler.ts';
import { serviceQuotas } from './service-quotas/service-quotas.ts';
import type { SandboxService } from './service.ts';
import { sns } from './sns/sns.ts';
import { sqs } from './sqs/queues.ts';
import { ssm } from './ssm/ssm.ts';
import { admitting } from './step-functions/api/admit.ts';
import { startExecution } from './step-functions/api/start-execution.ts';
import { stepFunctions } from './step-functions/step-functions.ts';
import { sts } from './sts/sts.ts';
import { type IntegrationModelsOf, ModelledIntegrations } from './tasks/integration-models.ts';

/** The ground that services share: time, identities, permissions, quotas. */
export interface Ground {
  readonly simulation: Simulation;
  readonly identities: Identities;
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly quotasOf: QuotasOf;
  readonly changes: ChangeLog;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
  readonly endpointUrl: string;
  /** An empty directory for bodies of objects and code of functions. */
  readonly directory: string;
  /** The real time of objects, in milliseconds since the epoch. */
  readonly objectNow: () => number;
  /** Milliseconds in which the buckets of API calls fill. */
  readonly callNow: () => number;
}

type Settings = Required<
  Pick<
    SandboxProps,
    'capacity' | 'crashFirstAttempts' | 'loseEvents' | 'pollIntervalSeconds' | 'listingMilliseconds' | 'onDenied'
  >
> &
  Pick<SandboxProps, 'organization' | 'models'> & { readonly integrationModels: IntegrationModelsOf };

/**
 * Opens every service of the sandbox. A new service is one line of the list; the services above it have parts that others
 * need.
 */
export function openServices(ground: Ground, settings: Settings) {
  const { simulation, authorize, directory } = ground;
  // Answers what a service does not have, or what no service does.
  const absent = absentService(ground);
  const keyService = kms(ground);
  const { keys } = keyService;
  const storage = new ObjectStorage({ directory, authorize, keys, now: ground.objectNow });
  const events = new EventBuses(simulation, settings.loseEvents);
  const cloudWatchLogs = logs({ ...ground, absent });
  const { logGroups } = cloudWatchLogs;
  const notifications = sns({ ...ground, absent });
  const { topics } = notifications;
  const rules = new EventRules({ ...ground, topics });
  const connecting = codeConnections({ ...ground, absent });
  const links = oam(ground);
  const { observability } = links;
  const monitoring = cloudWatch({ ...ground, observability, topics, rules });
  const { meters } = monitoring.cloudWatch;
  const compute = lambda({ ...ground, ...settings, logGroups, meters, storage });
  const { functions } = compute;
  const modelledIntegrations = new ModelledIntegrations(settings.integrationModels, simulation);
  const workflows = stepFunctions({
    ...ground,
    ...settings,
    meters,
    events,
    logGroups,
    storage,
    modelledIntegrations,
  });
  const parameters = ssm(ground);
  const queues = sqs({ ...ground, absent, meters });
  const invokable = { authorize, simulation, functions, opaque: ground.opaque };
  const schedules = scheduler({
    ...ground,
    meters,
    messages: queues.messages,
    startExecution: (call) => admitting('StartExecution', startExecution)(workflows.api, call),
    invoke: (call) => invoke(invokable, call),
  });
  const all: readonly SandboxService[] = [
    organizations({ ...ground, organization: settings.organization }),
    sts(ground),
    iam({ ...ground, absent }),
    keyService,
    parameters,
    workflows,
    monitoring,
    compute,
    cloudWatchLogs,
    notifications,
    queues,
    links,
    ...connecting.services,
    schedules,
    serviceQuotas(ground),
    eventBridge({ authorize, events, opaque: ground.opaque, rules }),
    new CustomResources({ ...ground, functions }),
    { resources: passiveResources() },
    // The last two answer what no other service does.
    { endpoint: absent },
    s3({ ...ground, storage, keys }),
  ];
  const handlers = new Map(all.flatMap(({ resources = {} }) => Object.entries(resources)));
  const stacks = cloudFormationStacks({
    ...ground,
    storage,
    parameters: parameters.parameters,
    handlers,
    onDenied: settings.onDenied,
    now: ground.objectNow,
  });
  const stackCalls = new StackCalls(stacks.api);
  return {
    all: [stacks, ...all],
    cloudFormation: stacks.cloudFormation,
    stackCalls,
    pipelines: new Pipelines(stackCalls, topics, (event) => {
      rules.send(event);
    }),
    handlers,
    storage,
    keys,
    events,
    logGroups,
    topics,
    observability,
    connections: connecting.connections,
    functions,
    cloudWatch: monitoring.cloudWatch,
    stateMachines: workflows.stateMachines,
    executions: workflows.executions,
    activities: workflows.activities,
    taskTokens: workflows.taskTokens,
    throttling: workflows.throttling,
    mapRunSlots: workflows.mapRunSlots,
    integrations: workflows.table,
    parameters: parameters.parameters,
    queues: queues.queues,
    messages: queues.messages,
    schedules: schedules.schedules,
  };
}
