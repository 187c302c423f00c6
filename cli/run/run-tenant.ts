import type { Sample } from '../../blocks/local.ts';
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { accountNamed, addressOf, type Deployment, fromEntry } from '../../config/deployments.ts';
import type { Platform } from '../../config/schema.ts';
import { runnerRoleArn, stateMachineArn } from '../../blocks/workflow/address.ts';
import { messageOf } from '@crosswind/aws/problem';
import { Findings, RunFailed, WrongInput } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Terminal } from '../terminal.ts';
import type { ChosenDeployment } from './chosen-deployment.ts';
import type { Followed } from './follow.ts';
import { followedLines } from './present.ts';
import { runFailure } from './run-failure.ts';
import { runnerClients } from './runner-clients.ts';
import { watch } from './watch.ts';

/** How tenants are run. */
export interface RunMode {
  /** Input of the entry; a sample has its own. */
  readonly input: string;
  readonly name?: string;
  readonly watch: boolean;
  /** Reads the input to try the tenant on and the check of its result; undefined for any other run. */
  readonly sample: (() => Promise<Sample>) | undefined;
  readonly timeoutMinutes?: number;
}

/** Outcome of a run. */
export interface TenantRun {
  /** For `--json`. */
  readonly report: object;
  /** For people. */
  readonly lines: readonly string[];
  /** Why it is not as it should be. */
  readonly failure?: Findings | RunFailed;
}

/** Connections of a run to the process that follows it. */
export type RunConnections = Pick<Io, 'signals' | 'exit' | 'aws'> & { readonly terminal: Terminal };

/** Starts the workflow of a deployment's entry and, where the mode says so, follows it and checks its result. */
export async function runTenant(
  platform: Platform,
  { wave, deployment }: ChosenDeployment,
  mode: RunMode,
  connections: RunConnections,
): Promise<TenantRun> {
  const { terminal } = connections;
  const address = addressOf(deployment);
  const { tenant } = address;
  const { entry } = deployment;
  const clients = runnerClients(address, connections.aws);
  let executionArn: string | null = null;
  try {
    const sample = await mode.sample?.();
    executionArn = await start(clients.of(entry.name), stateMachineArn(address, entry.name), mode, sample);
    terminal.note(`started ${executionArn}`);
    const started = { tenant, wave, executionArn };
    if (!sample && !mode.watch) {
      const begun = { executionArn, status: 'RUNNING' };
      return { report: { ...started, stages: stagesOf(deployment, begun) }, lines: [] };
    }
    const { timeoutMinutes } = mode;
    const followed = await watch({
      clients,
      address,
      stages: fromEntry(deployment),
      executionArn,
      ...connections,
      timeoutMinutes,
      stopsAtTimeout: sample !== undefined,
    });
    const { output } = followed.entry;
    const problems = sample && output !== undefined ? problemsOf(sample, output) : undefined;
    return {
      report: { ...started, ...reported(followed), problems },
      lines: followedLines(followed, terminal.colors),
      failure: failureOf(followed, problems ?? [], tenant, wave),
    };
  } catch (error) {
    const reason = runFailure(error, {
      pipelineAccount: accountNamed(platform, platform.pipeline.account).id,
      tenant,
      wave,
      roleArns: fromEntry(deployment).map(({ name }) => runnerRoleArn(address, name)),
    });
    const failure = error instanceof RunFailed ? error : failureFor(error, reason);
    if (!failure) throw error;
    const report = {
      tenant,
      wave,
      stages: stagesOf(deployment, { executionArn, status: null }),
      error: failure.message,
    };
    return { report, lines: [], failure };
  } finally {
    clients.destroy();
  }
}

/** The failure of one tenant, which leaves the others alone; undefined for a bug of our own. */
function failureFor(error: unknown, reason: string | undefined): RunFailed | undefined {
  if (reason !== undefined) return new RunFailed(reason);
  return error instanceof WrongInput ? new RunFailed(error.message) : undefined;
}

/** The problems of a result; a check that fails itself is one. */
function problemsOf(sample: Sample, output: string): readonly string[] {
  const parsed: unknown = JSON.parse(output);
  try {
    return sample.problems(parsed);
  } catch (error) {
    return [`the check of the sample failed: ${messageOf(error)}`];
  }
}

async function start(
  client: SFNClient,
  stateMachineArn: string,
  { input, name }: RunMode,
  sample: Sample | undefined,
): Promise<string> {
  const { executionArn = '' } = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: sample ? JSON.stringify(sample.input) : input, name }),
  );
  return executionArn;
}

function failureOf({ entry }: Followed, problems: readonly string[], tenant: string, wave: string) {
  if (entry.status !== 'SUCCEEDED') return new RunFailed(`${tenant} ended as ${entry.status ?? ''} in wave ${wave}`);
  if (problems.length === 0) return undefined;
  return new Findings([`the sample of ${tenant} has another result in wave ${wave}:`, ...problems].join('\n  '));
}

/** A stage whose execution is unknown. */
const notStarted = { executionArn: null, status: null };

/** The stages of a run that is not followed, the entry first. */
const stagesOf = (
  deployment: Deployment,
  entry: { readonly executionArn: string | null; readonly status: string | null },
) =>
  fromEntry(deployment).map(({ name, account }) => ({
    name,
    account: account.id,
    ...(name === deployment.entry.name ? entry : notStarted),
  }));

/** A run as JSON: statuses, times and counts as AWS returns them, for each stage. */
const reported = ({ stages }: Followed) => ({
  stages: stages.map(({ stage, account, execution, mapRuns }) => ({
    name: stage,
    account,
    ...(execution ? { ...execution, $metadata: undefined, executionName: execution.name, name: stage } : notStarted),
    mapRuns: mapRuns.map((mapRun) => ({ ...mapRun, $metadata: undefined })),
  })),
});
