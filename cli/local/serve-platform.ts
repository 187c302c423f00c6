import { createServer } from 'node:net';
import { partitionOf } from '@crosswind/aws/partition';
import type { Platform } from '../../config/schema.ts';
import { addOperatorRole } from '@crosswind/sandbox/iam/operator-role';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { WrongInput } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { type DeployPlatformProps, deployPlatform } from './deploy-platform.ts';

export interface ServePlatformProps extends DeployPlatformProps {
  readonly platform: Platform;
  /** Whether the line that says where it serves is JSON. */
  readonly json: boolean;
  /** Called when clients are about to be served, with the port. */
  readonly onReady: (port: number) => Promise<void>;
  /** Ends the service. */
  readonly signal: AbortSignal;
}

/** Deploys the platform, fills the source bucket, lets the operator of each account in, and serves clients. */
export async function servePlatform(props: ServePlatformProps): Promise<void> {
  const { sandbox, platform, terminal } = props;
  await deployPlatform(props);
  for (const { id, name, region } of platform.accounts) {
    const runsTenants = name === platform.pipeline.account;
    addOperatorRole(sandbox.identities, { account: id, partition: partitionOf(region), runsTenants });
  }
  const port = Number(new URL(sandbox.endpointUrl).port);
  await props.onReady(port);
  announce(props, port);
  await keepServing(sandbox, terminal, props.signal);
}

/** Says in one line that the sandbox is ready, and on standard error what to do with it. */
function announce({ sandbox: { endpointUrl: url }, platform, terminal, json }: ServePlatformProps, port: number): void {
  const [placement] = platform.tenants.flatMap(({ waves }) => Object.values(waves));
  const example = placement?.parent ?? platform.pipeline.account;
  terminal.note(`credentials for a shell: eval "$(npx crosswind credentials ${example} --port ${port})"`);
  terminal.note('nothing is sent to AWS; Ctrl-C ends it and removes everything');
  if (json) terminal.data(`${JSON.stringify({ simulated: true, url, port })}\n`);
  else terminal.out(`ready at ${url}`);
}

/** Serves until the signal; what fails in the simulation is told, and everybody else is served on. */
export async function keepServing(
  { serve }: Pick<Sandbox, 'serve'>,
  terminal: Pick<Terminal, 'note'>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await serve(signal);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      terminal.note(`the sandbox failed, and goes on: ${why}`);
    }
  }
}

/** Finds out before the work begins whether the port is free; 0 always is. */
export async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${String(error)})`;
    throw new WrongInput(`port ${port} of 127.0.0.1 ${why}: give another one, or --port 0 for any that is free`);
  }
  await new Promise((resolve) => probe.close(resolve));
}
