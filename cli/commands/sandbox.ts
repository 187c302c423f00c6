import { resolve } from 'node:path';
import { Command } from 'commander';
import type { SandboxProps } from '@crosswind/sandbox/sandbox';
import { WrongInput } from '../failure.ts';
import { type CleanUp, onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { port } from '../options.ts';
import { readPlatform } from '../read-platform.ts';
import { agnosticEnvironment, type AssembledApp, assembledApp } from '../local/assembled-app.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { credentialsKey } from '../local/credentials-key.ts';
import { defaultPort } from '../local/default-port.ts';
import { openRemovable } from '../local/open-removable.ts';
import {
  checkPlatformOptions,
  faultOf,
  type PlatformOptions,
  weatherOf,
  withPlatformOptions,
} from '../local/platform-options.ts';
import { checkPort, servePlatform } from '../local/serve-platform.ts';
import type { ServeProps } from '../local/serve.ts';
import { noteServed } from '../local/served-port.ts';
import { serveApp } from '../local/serve-app.ts';
import { terminalOf } from '../terminal.ts';

interface SandboxOptions extends PlatformOptions {
  readonly port: number;
  readonly json: boolean;
}

/** `crosswind sandbox`: an organization as a service on this machine. */
export function sandboxCommand(io: Io, root: string): Command {
  const command = new Command('sandbox')
    .description(
      'serve the synthesized platform, or any CDK app, to AWS clients on this machine, until Ctrl-C; runs nothing by itself',
    )
    .option('--port <n>', 'port of 127.0.0.1; 0 is a free one', port(0), defaultPort);
  return withPlatformOptions(command, root)
    .option('--json', 'print the address as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        'One line on standard output says when it is ready. `crosswind credentials` prints what clients need:',
        '',
        '  eval "$(npx crosswind credentials wind-parent-dev)"',
        '  aws stepfunctions list-state-machines',
        '',
        'With --assembly any CDK app is served, with the accounts and regions of its stacks:',
        '',
        '  npx crosswind sandbox --assembly ../other-app/cdk.out',
        '  eval "$(npx crosswind credentials 111111111111)"',
        '',
        `Stacks that leave account or region open run in ${agnosticEnvironment.account} and ${agnosticEnvironment.region}. What AWS can deploy and the`,
        'sandbox cannot simulate is named once; a call that reaches it is decided by permissions and then fails.',
        '',
        'Exit codes: 130 after Ctrl-C, 143 after SIGTERM, 1 wrong input, 2 the deployment was refused.',
      ].join('\n'),
    )
    .action((options: SandboxOptions) => serve(io, root, options));
}

async function serve(io: Io, root: string, options: SandboxOptions): Promise<void> {
  checkPlatformOptions(options);
  const app = options.assembly === undefined ? undefined : assembledApp(resolve(options.assembly));
  if (app && !(app.isPlatform && app.startsWorkflows)) return serveOtherApp(io, root, options, app);
  const terminal = terminalOf(io, options);
  const platform = await readPlatform(resolve(options.file), options.set);
  const weather = weatherOf(options);
  await serving(io, root, options, async ({ cleanUp, props, common }) => {
    const assembly = await assemblyFor({ root, options, terminal, cleanUp });
    const sandbox = await cleanUp.use(openRemovable(options, platform, props));
    await servePlatform({ ...common, sandbox, assembly, weather, fault: faultOf(options), platform });
  });
}

/** Serves an app that has no weather and no faults: another CDK app, or this platform while it is frozen. */
async function serveOtherApp(io: Io, root: string, options: SandboxOptions, app: AssembledApp): Promise<void> {
  for (const option of ['objects', 'data', 'break'] as const) {
    if (options[option] === undefined) continue;
    throw new WrongInput(
      `--${option} is for this platform, and ${options.assembly ?? ''} is another app: leave it out`,
    );
  }
  await serving(io, root, options, async ({ cleanUp, props, common }) => {
    // Everything that the platform names is in its assembly.
    const assembly = app.isPlatform ? undefined : app.waves.flatMap(({ stacks }) => stacks);
    const sandbox = await cleanUp.use(openRemovable(options, undefined, { ...props, assembly }));
    await serveApp({ ...common, sandbox, app });
  });
}

interface Serving {
  readonly cleanUp: CleanUp;
  /** Port and key of the sandbox. */
  readonly props: SandboxProps;
  readonly common: Pick<ServeProps, 'terminal' | 'json' | 'onReady' | 'signal'>;
}

/** Serves on the port of the options until a signal, and removes everything then. */
async function serving(
  io: Io,
  root: string,
  options: SandboxOptions,
  work: (serving: Serving) => Promise<void>,
): Promise<void> {
  const { port: wanted, json } = options;
  await checkPort(wanted);
  const cleanUp = onInterrupt(io);
  try {
    // Clients derive their credentials from the key of the clone (decision 0021).
    const props = { port: wanted, credentialsKey: await credentialsKey(root) };
    const onReady: ServeProps['onReady'] = async (served, accounts) => {
      await cleanUp.use(noteServed(root, { port: served, accounts }));
    };
    const common = { terminal: terminalOf(io, options), json, onReady, signal: cleanUp.signal };
    await work({ cleanUp, props, common });
  } finally {
    await cleanUp.now();
  }
}
