import { inject } from 'vitest';
import { deployTemplate, openSandbox, type Sandbox, type SandboxProps } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../cli/local/administrator.ts';
import { assembledApp } from '../../cli/local/assembled-app.ts';
import { deployBaseline } from '../../cli/local/deploy-baseline.ts';
import { playPipeline, type PlayPipelineProps } from '../../cli/local/play-pipeline.ts';
import { baselineText } from '../../cli/platform/baseline-in.ts';
import { pipelineRoleNames } from '../../config/role-names.ts';
import { bootstrapVariant } from '../../onboarding/baseline/baseline-template.ts';
import { platformFile } from '../platform-file.ts';
import { shippedPlatform as platform } from '../synthesized.ts';
import { clone } from '../workloads.ts';

/** The example platform after its first push: baseline, pipeline, and what the pipeline deploys. */
export interface PushedPlatform {
  readonly sandbox: Sandbox;
  /** Environment of a process with the credentials of the role of that name in the pipeline's account. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Environment of the role that the pipeline checks accounts with. */
function preflightEnvironment(sandbox: Sandbox): NodeJS.ProcessEnv {
  const account = '111111111111';
  const name = pipelineRoleNames.preflight;
  const arn = `arn:aws:iam::${account}:role/${name}`;
  if (!sandbox.identities.role(arn)) {
    const role = sandbox.identities.addRole({ arn, name, account, trust: { Statement: [] } });
    const Resource = 'arn:aws:iam::*:role/crosswind-viewer';
    const document = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource } as const] };
    role.policies.push({ name: 'view', document });
  }
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${name}/test`;
  const { accessKeyId, secretAccessKey, sessionToken } = sandbox.sessions.credentials({
    ...{ kind: 'role', roleArn: arn, sessionArn, account },
  });
  return {
    AWS_ENDPOINT_URL: sandbox.endpointUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

export interface PushedPlatformProps extends Pick<SandboxProps, 'quotas'>, Pick<PlayPipelineProps, 'leavesPending'> {
  /**
   * False to stop after the baseline.
   *
   * @default true
   */
  readonly isPushed?: boolean;
  /**
   * Ids of workload accounts whose baseline a StackSet deploys.
   *
   * @default - none: the script deploys all
   */
  readonly byStackSet?: readonly string[];
}

/** The example platform without accounts. */
const without = (ids: readonly string[]): typeof platform => ({
  ...platform,
  accounts: platform.accounts.map((account) =>
    ids.includes(account.id) ? { ...account, state: 'detached' as const } : account,
  ),
});

/** Name of a stack that a StackSet creates: CloudFormation appends a unique id. */
export const stackOfStackSet = 'StackSet-crosswind-baseline-us-east-1-0b5fd5a5-4a3c-4f5e-9c0e-2f6a1d9b7c11';

/** Deploys the baseline of a workload account as a StackSet does: under another name, as its execution role. */
async function deployByStackSet(sandbox: Sandbox, account: string): Promise<void> {
  const region = 'us-east-1';
  const principal = administrator(sandbox, account, region, 'stacksets-exec-1234');
  const SinkArn = sandbox.observability.sinksOf('222222222222')[0]?.arn ?? '';
  await deployTemplate(
    sandbox.stackCalls,
    { principal, region },
    {
      stackName: stackOfStackSet,
      template: baselineText(inject('assembly'), 'workload'),
      parameters: { BootstrapVariant: bootstrapVariant, SinkArn },
      terminationProtection: false,
    },
  );
}

/** Pushes the shared assembly into an organization of its own. */
export async function pushedPlatform({
  quotas,
  leavesPending,
  isPushed = true,
  byStackSet = [],
}: PushedPlatformProps = {}): Promise<PushedPlatform> {
  const sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true, quotas });
  const assembly = inject('assembly');
  await deployBaseline({ sandbox, platform: without(byStackSet), assembly });
  for (const account of byStackSet) await deployByStackSet(sandbox, account);
  if (!isPushed) return { sandbox, environment: preflightEnvironment(sandbox) };
  const { assembled: stacks, byHand } = assembledApp(assembly);
  const failures: string[] = [];
  await playPipeline({
    ...{ sandbox, clone, platform, file: platformFile, assembly, stacks, byHand, io: {}, runsCommands: false },
    leavesPending,
    progress: () => undefined,
    onAction: ({ error }) => {
      if (error !== undefined) failures.push(error);
      return 'stop';
    },
  });
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return { sandbox, environment: preflightEnvironment(sandbox) };
}
