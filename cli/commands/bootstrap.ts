import { resolve } from 'node:path';
import { Command } from 'commander';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { type Bootstrap, bootstrapOf } from '../../onboarding/bootstrap.ts';
import { WrongInput } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Io } from '../io.ts';
import { bootstrapScript } from '../platform/bootstrap-script.ts';
import { assemblyAt } from '../platform/deployed-in.ts';
import { deployedTypes } from '../platform/deployed-types.ts';
import { namedAccount } from '../platform/named-account.ts';
import { readPlatform } from '../read-platform.ts';
import { synthesize } from '../local/synthesize.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface BootstrapOptions {
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
}

/** `crosswind bootstrap`: how accounts are made ready for the pipeline. */
export function bootstrapCommand(io: Io, clone: Clone): Command {
  return new Command('bootstrap')
    .description('print the commands and policies that make accounts ready for the pipeline; runs none of them')
    .argument('[account...]', 'only these accounts of the platform (default: all that are active or draining)')
    .requiredOption('--print', 'print them; there is no other way to use this command')
    .option('--assembly <dir>', 'take the services from this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print them as JSON', false)
    .addHelpText('after', '\nExit codes: 0 printed, 1 wrong input, 2 the synthesis failed.')
    .action((names: readonly string[], options: BootstrapOptions) => printBootstrap(io, clone, names, options));
}

async function printBootstrap(
  io: Io,
  clone: Clone,
  names: readonly string[],
  options: BootstrapOptions,
): Promise<void> {
  const { assembly, file, json } = options;
  const platform = await readPlatform(clone, resolve(file));
  for (const name of names) {
    const { state } = namedAccount(platform, name);
    if (state === 'pending' || state === 'detached')
      throw new WrongInput(`"${name}" is ${state} and trusts nobody: write state: active before you bootstrap it`);
  }
  const stacks = assembly === undefined ? await synthesized(io, clone, file) : assemblyAt(resolve(assembly));
  const bootstrap = only(names, bootstrapOf(platform, deployedTypes(stacks)));
  const terminal = terminalOf(io, { json });
  if (json) terminal.data(jsonText(bootstrap));
  else for (const line of bootstrapScript(bootstrap)) terminal.out(line);
}

/** Policies and commands for the named accounts; all of them if none is named. */
function only(names: readonly string[], { policies, accounts }: Bootstrap): Bootstrap {
  const left = accounts.filter(({ account }) => names.length === 0 || names.includes(account));
  return { policies: policies.filter(({ kind }) => left.some((account) => account.kind === kind)), accounts: left };
}

async function synthesized(io: Io, clone: Clone, file: string): Promise<readonly AssembledStack[]> {
  const cleanUp = onInterrupt(io);
  try {
    const { path } = await cleanUp.use(temporaryDirectory());
    terminalOf(io, { json: true }).progress('synthesizing the platform: cdk synth');
    await synthesize({ clone, file, directory: path, signal: cleanUp.signal });
    return assemblyAt(path);
  } finally {
    await cleanUp.now();
  }
}
