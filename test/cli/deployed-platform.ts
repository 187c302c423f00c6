import { inject } from 'vitest';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import type { Stack } from '@crosswind/assembly/resolve';
import { stacksInOrder } from '@crosswind/assembly/stacks-in-order';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import { type Sandbox, openSandbox } from '@crosswind/sandbox/sandbox';
import { deployBaseline } from '../../cli/local/deploy-baseline.ts';
import type { Platform } from '../../config/schema.ts';
import { shippedPlatform } from '../synthesized.ts';

/** The example platform in a sandbox that answers clients over HTTP. */
export interface DeployedPlatform {
  readonly sandbox: Sandbox;
  readonly stacks: readonly Stack[];
  /** Environment of a process that acts as a role of that account, which may do what the statements say. */
  environmentOf(account: string, statements: PolicyDocument['Statement']): NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/**
 * Deploys the assembly of a platform, by default the shared one, onto the baseline of its accounts in the order of its
 * pipeline, and serves it. Strict, because nothing of the platform may be opaque.
 */
export async function deployedPlatform(
  platform: Platform = shippedPlatform,
  assembly = inject('assembly'),
): Promise<DeployedPlatform> {
  const sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
  await deployBaseline({ sandbox, platform, assembly });
  const waves = stacksInOrder(readAssembly(assembly)).filter(({ name }) => name !== '');
  const stacks = waves.flatMap((wave) => wave.stacks);
  for (const stack of stacks) await sandbox.deploy(stack);
  const end = new AbortController();
  const served = sandbox.serve(end.signal);
  return {
    sandbox,
    stacks,
    environmentOf(account, statements) {
      const arn = `arn:aws:iam::${account}:role/operator`;
      const role = sandbox.identities.addRole({ arn, name: 'operator', account, trust: { Statement: [] } });
      role.policies.push({ name: 'operator', document: { Statement: statements } });
      const sessionArn = `arn:aws:sts::${account}:assumed-role/operator/test`;
      const session = { kind: 'role', roleArn: arn, sessionArn, account } as const;
      const { accessKeyId, secretAccessKey, sessionToken } = sandbox.sessions.credentials(session);
      return {
        AWS_ENDPOINT_URL: sandbox.endpointUrl,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
      };
    },
    async close() {
      end.abort();
      await served;
      await sandbox.close();
    },
  };
}
