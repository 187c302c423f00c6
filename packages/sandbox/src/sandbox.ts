import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { absentService } from './absent-service.ts';
import type { Cloud } from './cloud.ts';
import { cloudWatchService } from './cloudwatch/api/cloudwatch-service.ts';
import { CloudWatch } from './cloudwatch/cloudwatch.ts';
import { CustomResources } from './cloudformation/custom-resources.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { EventBuses } from './events/event-buses.ts';
import { authorizer } from './iam/authorizer.ts';
import { DecisionLog } from './iam/decision-log.ts';
import { Identities } from './iam/identities.ts';
import { Sessions } from './iam/sessions.ts';
import { lambdaService } from './lambda/api/lambda-service.ts';
import { FunctionConcurrency } from './lambda/function-concurrency.ts';
import { FunctionService } from './lambda/function-service.ts';
import { type FunctionModels, ModelledFunctions } from './lambda/modelled-functions.ts';
import { LogGroups } from './logs/log-groups.ts';
import { Observability } from './oam/observability.ts';
import { organizationsService } from './organizations/organizations-service.ts';
import type { SimulatedOrganization } from './organizations/simulated-organization.ts';
import { ObjectStorage } from './s3/object-storage.ts';
import { s3Service } from './s3/s3-service.ts';
import { grantedQuotas, type QuotaSettings } from './quotas/granted-quotas.ts';
import { Throttling } from './quotas/throttling.ts';
import { Parameters } from './ssm/parameters.ts';
import { ssmService } from './ssm/ssm-service.ts';
import { stsService } from './sts/sts-service.ts';
import { Simulation } from '@crosswind/workflow/clock/simulation';
import { Topics } from './sns/topics.ts';
import { stepFunctionsService } from './step-functions/api/step-functions-service.ts';
import { Activities } from './step-functions/runtime/activities.ts';
import { Executions } from './step-functions/runtime/executions.ts';
import { MapRunSlots } from './step-functions/runtime/map-run-slots.ts';
import { StateMachines } from './step-functions/runtime/state-machines.ts';
import { TaskTokens } from './step-functions/runtime/task-tokens.ts';

export interface SandboxProps {
  /**
   * When virtual time begins, in milliseconds since the epoch.
   *
   * @default - now
   */
  readonly startAt?: number;
  /**
   * Functions that run at the same time.
   *
   * @default - as many as this machine has cores
   */
  readonly capacity?: number;
  /**
   * How often a parent polls a child in another account, in virtual seconds. AWS documents no number.
   *
   * @default 5
   */
  readonly pollIntervalSeconds?: number;
  /**
   * Loses every event by which a parent hears of a child in its own account: EventBridge delivers at best effort.
   *
   * @default false
   */
  readonly loseEvents?: boolean;
  /**
   * Kills every function during its first attempt at each event.
   *
   * @default false
   */
  readonly crashFirstAttempts?: boolean;
  /**
   * What AWS Organizations says of the accounts.
   *
   * @default - they are in no organization
   */
  readonly organization?: SimulatedOrganization;
  /**
   * The organization that all accounts of the sandbox belong to, for conditions on `aws:PrincipalOrgID`.
   *
   * @default - none
   */
  readonly organizationId?: string;
  /**
   * The port on loopback.
   *
   * @default 0 - one that is free
   */
  readonly port?: number;
  /**
   * What credentials are derived from, so that others who have it can derive them, too.
   *
   * @default - bytes that nobody else has
   */
  readonly credentialsKey?: Buffer;
  /**
   * Quotas that AWS has granted instead of its defaults (@crosswind/aws/quotas).
   *
   * @default - AWS's defaults
   */
  readonly quotas?: QuotaSettings;
  /**
   * What functions would do, for simulations of more than this machine can run.
   *
   * @default - every function is run
   */
  readonly models?: FunctionModels;
  /**
   * How long a Map Run takes to list a page of a bucket, in virtual time.
   *
   * @default 0
   */
  readonly listingMilliseconds?: number;
}

/** An organisation on this machine: empty accounts, and one endpoint on loopback that answers for all of them. */
export interface Sandbox {
  readonly cloud: Cloud;
  readonly decisions: DecisionLog;
  readonly endpointUrl: string;
  /**
   * Lets virtual time pass until the signal, so that what clients start over HTTP goes on; an error of the simulation's
   * own ends it. Outside of it and of `simulation.run`, time stands still.
   */
  readonly serve: (signal: AbortSignal) => Promise<void>;
  /** Takes the endpoint away for so many milliseconds, in the middle of whatever it answers. */
  readonly interruptEndpoint: (milliseconds: number) => Promise<void>;
  /** Lets minutes pass after a run, so that alarms see what became of it. */
  readonly settle: (minutes: number) => Promise<void>;
  /** Ends functions and endpoint and deletes every object. */
  readonly close: () => Promise<void>;
}

/** Opens a sandbox; nothing is deployed in it yet. */
export async function openSandbox(props: SandboxProps = {}): Promise<Sandbox> {
  const {
    startAt = Date.now(),
    capacity = availableParallelism(),
    pollIntervalSeconds = 5,
    loseEvents = false,
    crashFirstAttempts = false,
    organization,
    organizationId,
    port,
    credentialsKey: key,
    quotas,
    models,
    listingMilliseconds = 0,
  } = props;
  const simulation = new Simulation(startAt);
  const decisions = new DecisionLog();
  const identities = new Identities();
  const authorize = authorizer(identities, decisions, organizationId);
  const sessions = new Sessions(authorize, { key, roleNamed: (...role) => identities.roleNamed(...role) });
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-'));
  // Clients at a port of their choice compare the times of objects with those of their files, as `aws s3 sync` does.
  const realNow = (): number => (port === undefined ? startAt : Date.now());
  const storage = new ObjectStorage({ directory, authorize, now: () => Math.max(simulation.now(), realNow()) });
  const logGroups = new LogGroups();
  const topics = new Topics();
  const observability = new Observability();
  const quotasOf = grantedQuotas(quotas);
  const cloudWatch = new CloudWatch({ simulation, authorize, observability, topics, quotasOf });
  const parameters = new Parameters();
  const stateMachines = new StateMachines();
  const executions = new Executions(() => cloud);
  const activities = new Activities(simulation);
  const taskTokens = new TaskTokens(simulation);
  const openedAt = performance.now();
  const throttling = new Throttling({
    quotasOf,
    meter: cloudWatch.meters.throttles,
    now: () => simulation.now(),
    // Clients at a port of their choice wait in real time, in which virtual time may stand still.
    callNow: () => simulation.now() + (port === undefined ? 0 : Math.round(performance.now() - openedAt)),
  });
  const statesApi = {
    authorize,
    stateMachines,
    executions,
    activities,
    taskTokens,
    throttling,
    now: () => simulation.now(),
  };
  const customResources = new CustomResources(
    () => functions,
    () => endpoint.url,
  );
  const endpoint: Endpoint = await openEndpoint({
    services: [
      organizationsService({ organization, authorize }),
      stsService({ sessions, now: () => Date.now() }),
      ssmService({ parameters, authorize }),
      stepFunctionsService(statesApi),
      cloudWatchService({ authorize, cloudWatch, observability, now: () => simulation.now() }),
      lambdaService({ authorize, simulation, functions: () => functions }),
      customResources.service,
      absentService(),
      s3Service({ storage }),
    ],
    authenticate: (id, token) => sessions.authenticate(id, token),
    port,
  }).catch((error: unknown) => {
    rmSync(directory, { recursive: true });
    throw error;
  });
  const endpointUrl = endpoint.url;
  const { meters } = cloudWatch;
  const concurrency = new FunctionConcurrency({ quotasOf, meters, now: () => simulation.now() });
  const bundles = new FunctionService({
    authorize,
    sessions,
    logGroups,
    endpointUrl,
    capacity,
    crashFirstAttempts,
    meters,
    simulation,
    concurrency,
  });
  const functions = models ? new ModelledFunctions(bundles, { models, simulation, concurrency, meters }) : bundles;
  const cloud: Cloud = {
    simulation,
    identities,
    authorize,
    sessions,
    storage,
    functions,
    stateMachines,
    executions,
    activities,
    taskTokens,
    logGroups,
    parameters,
    topics,
    events: new EventBuses(simulation, loseEvents),
    queues: new Set(),
    schedules: new Map(),
    observability,
    cloudWatch,
    customResources,
    quotasOf,
    throttling,
    mapRunSlots: new MapRunSlots(quotasOf, cloudWatch.meters),
    pollIntervalSeconds,
    listingMilliseconds,
  };
  const close = async (): Promise<void> => {
    functions.end();
    await endpoint.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return {
    cloud,
    decisions,
    endpointUrl,
    serve: (signal) => simulation.serve(signal),
    interruptEndpoint: (milliseconds) => endpoint.interrupt(milliseconds),
    settle: (minutes) => simulation.elapse(minutes * 60_000),
    close,
  };
}
