import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@crosswind/assembly/resolve';
import { jumping, Simulation } from '@crosswind/workflow/clock/simulation';
import type { Quotas } from '@crosswind/aws/quotas';
import { quotaChanges } from './changes/quota-changes.ts';
import { type Change, type ChangeKind, ChangeLog } from './changes/change-log.ts';
import type { DeniedCall } from './cloudformation/denied-call.ts';
import { type OpaqueResource, opaqueLine, OpaqueResources } from './cloudformation/opaque-resources.ts';
import { OnlyOnAws } from './cloudformation/only-on-aws.ts';
import { DeploymentRefused } from './cloudformation/refusal.ts';
import { deployStack } from './cdk/deploy-stack.ts';
import { deployTemplate } from './cdk/deploy-template.ts';
import type { ActionResult } from './codepipeline/play.ts';
import { CommandFailed, isRefusal } from './codepipeline/refusals.ts';
import type { BuildCommand } from './codepipeline/build.ts';
import type { Disturbance } from './lambda/disturbance.ts';
import { type LocalHandler, openEndpoint } from './endpoint.ts';
import { type Authorize, authorizer, type OfOrganization } from './iam/authorizer.ts';
import type { DecisionGroup } from './iam/decision-groups.ts';
import { DecisionLog, type Denial } from './iam/decision-log.ts';
import { Identities } from './iam/identities.ts';
import { Sessions } from './iam/sessions.ts';
import { judge, type JudgedAlarm } from './cloudwatch/recording/judge.ts';
import { type MetricDataRead, readMetricData } from './cloudwatch/read-metric-data.ts';
import type { RecordedAlarm, Recording } from './cloudwatch/recording/recording.ts';
import { GrantedQuotas, type QuotasOf } from './quotas/granted-quotas.ts';
import { parseFilterPattern } from './logs/filter-pattern.ts';
import { InvalidPattern } from './logs/invalid-pattern.ts';
import type { SandboxProps } from './sandbox-props.ts';
import { openServices } from './services.ts';
import type { IntegrationModel, IntegrationModels, IntegrationModelsOf } from './tasks/integration-models.ts';
import type { Execution } from './step-functions/runtime/execution.ts';

// Values and types that a user of the sandbox meets.
export { CommandFailed, deployStack, deployTemplate, DeploymentRefused, InvalidPattern, isRefusal, judge, opaqueLine };
export { parseFilterPattern, readMetricData };
export type { Disturbance, JudgedAlarm, MetricDataRead, RecordedAlarm, Recording };
export type { ActionResult, BuildCommand };
export type { IntegrationModel, IntegrationModels, IntegrationModelsOf };
export type {
  Change,
  ChangeKind,
  ChangeLog,
  DecisionGroup,
  DecisionLog,
  Denial,
  DeniedCall,
  Execution,
  OpaqueResource,
  SandboxProps,
};

/** Parts of the simulated services that a test or a page looks into. */
type Parts = Omit<ReturnType<typeof openServices>, 'all' | 'integrations' | 'mapRunSlots'>;

/** An organization on this machine: accounts, and one endpoint on loopback that answers for all of them. */
export interface Sandbox extends Parts {
  readonly simulation: Simulation;
  readonly identities: Identities;
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  /** Every decision about a permission. */
  readonly decisions: DecisionLog;
  /** Log of what was broken or fixed since it was opened, or since it was cleared. */
  readonly changes: ChangeLog;
  readonly endpointUrl: string;
  /** Hands each request at the endpoint to a handler before the services of AWS see it. */
  readonly answerFirst: (handler: LocalHandler) => void;
  /** Operations that its clients can call, by the name of the service that their requests are signed for. */
  readonly operations: ReadonlyMap<string, readonly string[]>;
  /** Resources that AWS can create and the sandbox cannot, in the order in which they were deployed. */
  readonly opaque: readonly OpaqueResource[];
  /** Creates the resources of a stack; throws a `DeploymentRefused` as AWS would refuse them. */
  readonly deploy: (stack: Stack) => Promise<void>;
  /**
   * Advances virtual time until the signal, so that executions that clients start over HTTP go on. Rejects with an error
   * of the simulation. Time advances only here, in `settle` and in `simulation.run`.
   */
  readonly serve: (signal: AbortSignal) => Promise<void>;
  /** Quotas of an account in a region as they are now. */
  readonly quotasOf: QuotasOf;
  /** Grants an account other quotas from now on; what is not given stays as it is. */
  readonly changeQuotas: (account: string, granted: Partial<Quotas>) => void;
  /** Grants an account the quotas that it had in the beginning. */
  readonly restoreQuotas: (account: string) => void;
  /** Closes the endpoint for a number of milliseconds and drops the requests that it is answering. */
  readonly interruptEndpoint: (milliseconds: number) => Promise<void>;
  /** Advances virtual time by minutes, in which schedules fire: after a run, so that alarms see its outcome, or without one. */
  readonly settle: (minutes: number) => Promise<void>;
  /** Ends functions and endpoint and deletes every object. */
  readonly close: () => Promise<void>;
}

/** Opens a sandbox; nothing is deployed in it yet. */
export async function openSandbox(props: SandboxProps = {}): Promise<Sandbox> {
  const openedAt = Date.now();
  const { startAt = openedAt, port } = props;
  const simulation = new Simulation(startAt);
  const { catchUp, ...times } = clocks(simulation, { startAt, openedAt }, port !== undefined);
  const decisions = new DecisionLog(() => simulation.now());
  const changes = new ChangeLog(() => simulation.now());
  const identities = new Identities();
  const opaque = new OpaqueResources(props.strict ?? false);
  const decide = authorizer(identities, decisions, organizationOf(props));
  const authorize: Authorize = (request) => {
    const decision = decide(request);
    if (!decision.allowed && decision.kind === 'undecidable') opaque.reached += 1;
    return decision;
  };
  const roleNamed = identities.roleNamed.bind(identities);
  const sessions = new Sessions(authorize, { key: props.credentialsKey, roleNamed });
  const onlyOnAws = new OnlyOnAws(opaque, props.strict ? undefined : props.assembly);
  const quotas = new GrantedQuotas(props.quotas);
  const endpoint = await openEndpoint({
    authenticate: sessions.authenticate.bind(sessions),
    port,
    ready: catchUp,
    onNotSimulated: () => (opaque.reached += 1),
  });
  // Named after its process, so that the next command knows what a killed one has left.
  const directory = mkdtempSync(join(tmpdir(), `crosswind-${hostname()}-${process.pid}-`));
  const services = openServices(
    {
      simulation,
      identities,
      authorize,
      sessions,
      quotasOf: quotas.of,
      changes,
      opaque,
      onlyOnAws,
      endpointUrl: endpoint.url,
      directory,
      ...times,
    },
    settingsOf(props),
  );
  const { all, integrations, mapRunSlots, ...parts } = services;
  const endpoints = all.flatMap((service) => service.endpoint ?? []);
  endpoint.add(endpoints);
  for (const service of all) integrations.add(service.integrations ?? []);
  return {
    ...parts,
    simulation,
    identities,
    authorize,
    sessions,
    decisions,
    changes,
    endpointUrl: endpoint.url,
    answerFirst: (handler) => {
      endpoint.answerFirst(handler);
    },
    operations: new Map(endpoints.map(({ signingName = '', operations = [] }) => [signingName, operations])),
    opaque: opaque.all,
    deploy: (stack) => parts.cloudFormation.deploy(stack),
    serve: (signal) => simulation.serve(signal),
    quotasOf: quotas.of,
    changeQuotas: (account, granted) => {
      quotas.change(account, granted);
      for (const change of quotaChanges(account, granted)) changes.record(change);
      mapRunSlots.admit();
    },
    restoreQuotas: (account) => {
      quotas.restore(account);
      const sentence = `quotas of account ${account} are as they were in the beginning`;
      changes.record({ account, kind: 'quota', resource: account, sentence });
      mapRunSlots.admit();
    },
    interruptEndpoint: (milliseconds) => {
      const sentence = `the endpoint of every service is closed for ${milliseconds} ms`;
      changes.record({ account: '', kind: 'outage', resource: endpoint.url, sentence });
      return endpoint.interrupt(milliseconds);
    },
    settle: (minutes) => simulation.elapse(minutes * 60_000),
    close: async () => {
      await parts.pipelines.close();
      await parts.cloudFormation.settled();
      parts.functions.end();
      await endpoint.close();
      await parts.storage.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const settingsOf = ({ organization, models, ...props }: SandboxProps) => ({
  organization,
  models,
  onDenied: props.onDenied ?? (() => undefined),
  integrationModels: props.integrationModels ?? (() => ({})),
  capacity: props.capacity ?? availableParallelism(),
  crashFirstAttempts: props.crashFirstAttempts ?? false,
  loseEvents: props.loseEvents ?? false,
  pollIntervalSeconds: props.pollIntervalSeconds ?? 5,
  listingMilliseconds: props.listingMilliseconds ?? 0,
});

/** The organization of the accounts, by its id alone where nothing else of it is known. */
function organizationOf({ organization, organizationId = organization?.id }: SandboxProps): OfOrganization | undefined {
  return organizationId === undefined
    ? undefined
    : { id: organizationId, managementAccount: organization?.managementAccount };
}

/**
 * The clocks of objects and of API calls. Clients at a port of their choice live in real time: they compare the times of
 * objects with those of their files, as `aws s3 sync` does, and with those of executions, and wait until they may call
 * again. For them virtual time is never behind real time, unless somebody has paused it or set its speed: then all times are
 * virtual ones.
 */
function clocks(
  simulation: Simulation,
  { startAt, openedAt }: { readonly startAt: number; readonly openedAt: number },
  isServed: boolean,
) {
  if (!isServed) {
    const callNow = (): number => simulation.now();
    return { objectNow: () => Math.max(simulation.now(), startAt), callNow, catchUp: () => Promise.resolve() };
  }
  const wall = (real = Date.now()): number => startAt + real - openedAt;
  let called = { at: startAt, virtual: startAt, real: startAt };
  return {
    objectNow: () => {
      // Read once: a millisecond between two readings would put the object after the execution that wrote it.
      const real = Date.now();
      simulation.passTo(wall(real));
      return simulation.speed === jumping ? Math.max(simulation.now(), real) : simulation.now();
    },
    // Virtual time may be ahead and stand still; buckets fill in the time that passes faster.
    callNow: () => {
      const [virtual, real] = [simulation.now(), wall()];
      const passed = Math.max(virtual - called.virtual, real - called.real, 0);
      called = { at: called.at + passed, virtual, real };
      return called.at;
    },
    catchUp: () => simulation.catchUp(wall()),
  };
}
