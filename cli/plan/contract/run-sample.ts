import type { Stack } from '@crosswind/assembly/resolve';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Deployment } from '../../../config/deployments.ts';
import type { Platform } from '../../../config/schema.ts';
import { deployBaseline } from '../../local/deploy-baseline.ts';
import { deployStacks } from '../../local/deploy-stacks.ts';
import { deployedTenant } from '../../local/deployed-tenant.ts';
import { integrationModelsOf } from '../../local/deploy-platform.ts';
import { ofWorkload } from '../../local/of-workload.ts';
import { runWorkload } from '../../local/run-workload.ts';
import { servedOrganization } from '../../local/served-organization.ts';
import type { KnownWorkload } from '../../local/workload-options.ts';
import { statedQuotas } from '../../simulate/stated-quotas.ts';
import { startAt } from './without-chance.ts';
import type { Terminal } from '../../terminal.ts';
import { executionsOf, type SampleOutcome, storedIn, writtenSince } from './sample-outcome.ts';

export interface SampleProps {
  /** Accounts of the tenant, and those of the platform itself. */
  readonly platform: Platform;
  /** Directory of the cloud assembly with the baseline. */
  readonly assembly: string;
  readonly deployment: Deployment;
  /** Stacks of the tenant's stages in the order in which they are deployed. */
  readonly stacks: readonly Stack[];
  /** Behavior of the version of the entry. */
  readonly workload: KnownWorkload;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Deploys stages into a sandbox of their own, runs the sample of their workload, and returns how that went. */
export async function runSample(props: SampleProps): Promise<SampleOutcome> {
  const { platform, deployment, workload, signal } = props;
  signal.throwIfAborted();
  const { openSandbox } = await import('@crosswind/sandbox/sandbox');
  const sandbox = await openSandbox({
    startAt,
    organizationId: platform.organization.id,
    organization: servedOrganization(platform),
    quotas: statedQuotas(platform, {}),
    integrationModels: integrationModelsOf({ deployment, local: workload.local }),
  });
  try {
    sandbox.schedules.hold();
    return await runIn(sandbox, props);
  } finally {
    await sandbox.close();
  }
}

async function runIn(sandbox: Sandbox, props: SampleProps): Promise<SampleOutcome> {
  const { platform, assembly, deployment, stacks, workload, terminal, signal } = props;
  await deployBaseline({ sandbox, platform, assembly, signal });
  await deployStacks({ sandbox, waves: [{ name: '', stacks }], terminal });
  signal.throwIfAborted();
  const tenant = deployedTenant(deployment, stacks, assembly);
  const { sample, prepare } = workload.local;
  const run = sample ? undefined : await ofWorkload(workload.file, () => prepare?.({}));
  const { fill } = run ?? {};
  if (fill) await ofWorkload(workload.file, () => fill({ ...tenant, storage: sandbox.storage }, () => undefined));
  const earlier = storedIn(sandbox.storage, stacks);
  const finished = await runWorkload(sandbox, {
    stages: tenant.stages,
    input: sample?.input ?? run?.input ?? {},
    name: 'sample',
    signal,
  });
  const { outcome } = finished.entry;
  const problems =
    sample && outcome?.status === 'SUCCEEDED'
      ? await ofWorkload(workload.file, () => sample.problems(outcome.output))
      : [];
  return {
    executions: executionsOf(finished),
    problems,
    objects: await writtenSince(earlier, sandbox.storage, stacks),
  };
}
