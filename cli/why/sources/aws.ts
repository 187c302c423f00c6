import type { Clone } from '../../../blocks/discover-workloads.ts';
import { runnerRoleArn, stateMachineArn } from '../../../blocks/workflow/address.ts';
import { accountNamed, addressOf, type Deployment, plannedWaves } from '../../../config/deployments.ts';
import { listed } from '../../../config/nearest.ts';
import type { Platform } from '../../../config/schema.ts';
import { RunFailed, WrongInput } from '../../failure.ts';
import type { Io } from '../../io.ts';
import { loadValidPlatform } from '../../read-platform.ts';
import { runFailure } from '../../run/run-failure.ts';
import { runnerClients } from '../../run/runner-clients.ts';
import type { Terminal } from '../../terminal.ts';
import type { AskedArn } from '../asked-execution.ts';
import type { Evidence } from '../evidence.ts';
import { evidenceFrom } from '../evidence-from.ts';
import { deniedOnAws } from './aws/denied-on-aws.ts';
import { readFacts } from './aws/read-facts.ts';
import { type Readings, readings } from './aws/readings.ts';
import { accessTo, type StageAccess } from './aws/stage-access.ts';
import { latestExecutions, otherRuns, parentOf, walk } from './aws/walk.ts';

export interface OnAws {
  readonly io: Pick<Io, 'aws'>;
  readonly clone: Clone;
  readonly asked: AskedArn;
  /** File of the platform. */
  readonly file: string;
  readonly terminal: Terminal;
}

/**
 * Evidence about a run on AWS, or where `AWS_ENDPOINT_URL` says, read with the runner roles of its tenant.
 * @throws WrongInput for a workflow that no tenant has, and for an execution that is not there
 * @throws RunFailed where AWS could not be asked
 */
export async function evidenceOnAws({ io, clone, asked, file, terminal }: OnAws): Promise<Evidence> {
  const { platform } = (io.aws?.platform ?? (await loadValidPlatform(clone, file))).parsed;
  const { deployment, wave } = deploymentOf(platform, asked);
  const address = addressOf(deployment);
  const clients = runnerClients(address, io.aws);
  terminal.progress(`reading ${asked.arn}`);
  try {
    const stages = accessTo(address, clients, io.aws?.endpoint ?? endpointOf(process.env));
    return await evidenceOf(stages, asked, address.tenant);
  } catch (error) {
    if (error instanceof WrongInput) throw error;
    const reason = runFailure(error, {
      pipelineAccount: accountNamed(platform, platform.pipeline.account).id,
      tenant: address.tenant,
      wave,
      roleArns: deployment.stages.map(({ name }) => runnerRoleArn(address, name)),
    });
    if (reason === undefined) throw error;
    throw new RunFailed(reason, { cause: error });
  } finally {
    clients.destroy();
  }
}

/** Another place than AWS; an empty variable names none. */
const endpointOf = ({ AWS_ENDPOINT_URL: url = '' }: NodeJS.ProcessEnv): string | undefined =>
  url === '' ? undefined : url;

/** Workflows that a message names. */
const namedWorkflows = 6;

/** The deployment one of whose stages has that state machine. */
function deploymentOf(platform: Platform, asked: AskedArn): { readonly deployment: Deployment; readonly wave: string } {
  const workflows = plannedWaves(platform).flatMap(({ wave: { name: wave }, deployments }) =>
    deployments.flatMap((deployment) => {
      const address = addressOf(deployment);
      return deployment.stages.map(({ name }) => ({ wave, deployment, arn: stateMachineArn(address, name) }));
    }),
  );
  const found = workflows.find(({ arn }) => asked.stateMachineArn === arn);
  if (found) return found;
  const names = workflows.map(({ arn }) => arn);
  const more = names.length > namedWorkflows ? ` and ${names.length - namedWorkflows} more` : '';
  throw new WrongInput(
    `no tenant of platform.yaml runs ${asked.machine} in account ${asked.account}, ${asked.region}, so there is no runner role to read it with (workflows: ${listed(names.slice(0, namedWorkflows))}${more})`,
  );
}

async function evidenceOf(stages: readonly StageAccess[], asked: AskedArn, tenant: string): Promise<Evidence> {
  const reads = readings();
  const access = accessOf(stages, asked);
  const executionArn = await executionOf(stages, access, asked);
  const executions = executionArn === undefined ? [] : await walkFrom(stages, access, executionArn, asked, reads);
  const events = executions.flatMap((execution) => execution.events.map(({ at }) => at));
  const facts = await readFacts(stages, executions, tenant, Math.max(Date.now(), ...events), reads);
  // The clock of a served sandbox may be ahead: then what it did last says how late it is.
  const at = Math.max(Date.now(), ...events, ...facts.probes.map(({ lastRound }) => lastRound ?? 0));
  const [first] = executions.toSorted((one, other) => one.startedAt - other.startedAt);
  const ofFirst = first && stages.find(({ stage }) => stage === first.stage);
  const others = ofFirst
    ? await reads.attempt(
        `other executions of the ${first.stage}`,
        () => otherRuns(ofFirst, first.stateMachineArn, executions),
        [],
      )
    : [];
  const denied = await deniedOnAws(stages, executions, facts.machines, reads);
  const evidence = evidenceFrom({
    source: 'aws',
    at,
    known: executions,
    of: executionArn,
    stateMachineArn: asked.stateMachineArn,
    denied,
    decisions: [],
    ...facts,
    unread: reads.unread,
  });
  return { ...evidence, others, isLast: asked.kind === 'stateMachine' };
}

/** The stage whose runner role reads the state machine. */
function accessOf(stages: readonly StageAccess[], { stateMachineArn: arn }: AskedArn): StageAccess {
  const access = stages.find(({ stateMachineArn: own }) => arn === own);
  if (!access) throw new Error(`no stage has ${arn}`);
  return access;
}

/** The execution to explain: the one that is asked for, the last one of a state machine, or that of a Map Run's batch. */
async function executionOf(
  stages: readonly StageAccess[],
  access: StageAccess,
  asked: AskedArn,
): Promise<string | undefined> {
  if (asked.kind === 'execution') return parentOf(stages, asked.arn).catch(notThere(access, asked));
  return (await latestExecutions(access, asked.stateMachineArn))[0];
}

const walkFrom = (
  stages: readonly StageAccess[],
  access: StageAccess,
  executionArn: string,
  asked: AskedArn,
  reads: Readings,
) => walk(stages, executionArn, reads).catch(notThere(access, asked));

/** Names the executions that there are, in place of one that is not. */
const notThere =
  (access: StageAccess, asked: AskedArn) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof Error) || error.name !== 'ExecutionDoesNotExist') throw error;
    const known = await latestExecutions(access, asked.stateMachineArn);
    const names = known.length === 0 ? 'there is none' : `the latest are ${listed(known)}`;
    throw new WrongInput(`there is no execution ${asked.arn}; of ${asked.machine} ${names}`, { cause: error });
  };
