import { resolve } from 'node:path';
import { Command } from 'commander';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { port } from '../options.ts';
import { readPlatform } from '../read-platform.ts';
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
import { noteServedPort } from '../local/served-port.ts';
import { terminalOf } from '../terminal.ts';

interface SandboxOptions extends PlatformOptions {
  readonly port: number;
  readonly json: boolean;
}

/** `crosswind sandbox`: the organisation as a service on this machine. */
export function sandboxCommand(io: Io, root: string): Command {
  const command = new Command('sandbox')
    .description('serve the synthesized platform to AWS clients on this machine, until Ctrl-C; runs nothing by itself')
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
        'Exit codes: 130 after Ctrl-C, 143 after SIGTERM, 1 wrong input, 2 the deployment was refused.',
      ].join('\n'),
    )
    .action((options: SandboxOptions) => serve(io, root, options));
}

async function serve(io: Io, root: string, options: SandboxOptions): Promise<void> {
  checkPlatformOptions(options);
  const terminal = terminalOf(io, options);
  const { port: wanted, json } = options;
  const platform = await readPlatform(resolve(options.file), options.set);
  const weather = weatherOf(options);
  await checkPort(wanted);
  const cleanUp = onInterrupt(io);
  try {
    const assembly = await assemblyFor({ root, options, terminal, cleanUp });
    // Clients derive their credentials from the key of the clone (decision 0021).
    const key = { port: wanted, credentialsKey: await credentialsKey(root) };
    const sandbox = await cleanUp.use(openRemovable(options, platform, key));
    const deployment = { sandbox, assembly, weather, fault: faultOf(options), terminal };
    const onReady = async (served: number): Promise<void> => {
      await cleanUp.use(noteServedPort(root, served));
    };
    await servePlatform({ ...deployment, platform, json, onReady, signal: cleanUp.signal });
  } finally {
    await cleanUp.now();
  }
}
