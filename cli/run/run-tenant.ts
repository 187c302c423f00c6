import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { accountNamed, addressOf } from '../../config/deployments.ts';
import type { Platform } from '../../config/schema.ts';
import { parentStateMachineArn } from '../../services/workflow/address.ts';
import { Findings, RunFailed } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Terminal } from '../terminal.ts';
import type { ChosenDeployment } from './chosen-deployment.ts';
import type { Followed } from './follow.ts';
import { followedLines } from './present.ts';
import { runFailure } from './run-failure.ts';
import { type RunnerClients, runnerClients, runnerRoleArn } from './runner-clients.ts';
import { type Sample, samples } from './samples.ts';
import { watch } from './watch.ts';

/** How tenants are run. */
export interface RunMode {
  /** Input of the parent; a sample has its own. */
  readonly input: string;
  readonly name?: string;
  readonly watch: boolean;
  readonly sample: boolean;
  readonly timeoutMinutes?: number;
}

/** What came of a run. */
export interface TenantRun {
  /** For `--json`. */
  readonly report: object;
  /** For people. */
  readonly lines: readonly string[];
  /** Why it is not as it should be. */
  readonly failure?: Findings | RunFailed;
}

/** Connections of a run to the process that follows it. */
export type RunConnections = Pick<Io, 'signals' | 'exit'> & { readonly terminal: Terminal };

/** Starts the parent workflow of a deployment and, where the mode says so, follows it and checks its result. */
export async function runTenant(
  platform: Platform,
  { wave, deployment }: ChosenDeployment,
  mode: RunMode,
  connections: RunConnections,
): Promise<TenantRun> {
  const { terminal } = connections;
  const address = addressOf(deployment);
  const sample = mode.sample ? samples[deployment.tenant.workload] : undefined;
  const { tenant } = address;
  const clients = runnerClients(address);
  try {
    const executionArn = await start(clients, parentStateMachineArn(address), mode, sample);
    terminal.note(`started ${executionArn}`);
    const started = { tenant, wave, executionArn };
    if (!sample && !mode.watch) return { report: started, lines: [] };
    const { timeoutMinutes } = mode;
    const followed = await watch(clients, {
      executionArn,
      ...connections,
      timeoutMinutes,
      stopsAtTimeout: mode.sample,
    });
    const { output } = followed.parent;
    const problems = sample && output !== undefined ? sample.problems(JSON.parse(output)) : undefined;
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
      roleArns: [address.parentAccount, address.childAccount].map((account) => runnerRoleArn(address, account)),
    });
    const failure = error instanceof RunFailed ? error : reason === undefined ? undefined : new RunFailed(reason);
    if (!failure) throw error;
    return { report: { tenant, wave, error: failure.message }, lines: [], failure };
  } finally {
    clients.destroy();
  }
}

async function start(
  { parent }: RunnerClients,
  stateMachineArn: string,
  { input, name }: RunMode,
  sample: Sample | undefined,
): Promise<string> {
  const { executionArn = '' } = await parent.send(
    new StartExecutionCommand({ stateMachineArn, input: sample ? JSON.stringify(sample.input) : input, name }),
  );
  return executionArn;
}

function failureOf({ parent }: Followed, problems: readonly string[], tenant: string, wave: string) {
  if (parent.status !== 'SUCCEEDED') return new RunFailed(`${tenant} ended as ${parent.status ?? ''} in wave ${wave}`);
  if (problems.length === 0) return undefined;
  return new Findings([`the sample of ${tenant} has another result in wave ${wave}:`, ...problems].join('\n  '));
}

/** What is told of a run as JSON: statuses, times and counts as AWS gives them. */
const reported = ({ parent, child, mapRuns }: Followed) => ({
  parent: { ...parent, $metadata: undefined },
  child: child && { ...child, $metadata: undefined },
  mapRuns: mapRuns.map((mapRun) => ({ ...mapRun, $metadata: undefined })),
});
