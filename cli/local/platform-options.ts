import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { LocalRun, OptionValues } from '../../blocks/local.ts';
import { WrongInput } from '../failure.ts';
import type { ChosenDeployment } from '../run/chosen-deployment.ts';
import { collect, positiveInteger } from '../options.ts';
import type { Fault } from './faults.ts';
import { asked, faultsOfWorkload, type KnownWorkload, valuesOf, workloadHelp } from './workload-options.ts';

/** Options of every command that runs the platform in the sandbox. */
export interface PlatformOptions {
  readonly tenant?: string;
  readonly wave?: string;
  readonly set: readonly string[];
  readonly break?: string;
  readonly crash: boolean;
  readonly poll: number;
  readonly assembly?: string;
  readonly strict: boolean;
  readonly file: string;
}

export interface PlatformOptionsProps {
  readonly clone: Clone;
  /** The workload that is run, whose options are read. */
  readonly workload: KnownWorkload | undefined;
  /** Workloads that the help describes. */
  readonly helpOn: readonly KnownWorkload[];
}

/** Adds the options that all commands with a sandbox have. */
export function withPlatformOptions(command: Command, { clone, workload, helpOn }: PlatformOptionsProps): Command {
  command
    .option('--tenant <tenant>', 'the tenant to run (default: the first that is deployed)')
    .option('--wave <wave>', 'where it runs (default: the first wave that it is in)')
    .option('--set <tenant.setting=value>', 'change a setting of the platform for this run (repeatable)', collect, [])
    .addOption(breakOption(workload))
    .option('--crash', 'kill every function during its first attempt at each event', false)
    .option(
      '--poll <seconds>',
      'how often a caller polls what it started (AWS documents no number)',
      positiveInteger,
      5,
    )
    .option('--assembly <dir>', 'run this cloud assembly instead of synthesizing one')
    .option('--strict', 'refuse what AWS can deploy and the sandbox cannot simulate', false)
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'));
  return command.addHelpText(
    'after',
    [
      workloadHelp(helpOn, 'Options of', ({ local: { options = [] }, problem }) => [
        ...options.map(({ flags, description }): readonly [string, string] => [flags, description]),
        ...(problem === undefined ? [] : [['unknown', problem] as const]),
      ]),
      workloadHelp(helpOn, 'Faults for --break of', (known) =>
        faultsOfWorkload(known).map(({ id, title }) => [id, title]),
      ),
    ].join('\n'),
  );
}

function breakOption(workload: KnownWorkload | undefined): Option {
  const option = new Option('--break <fault>', 'take one permission away and see what happens');
  // Nothing is chosen from where no workload is run.
  if (!workload) return option;
  const faults = faultsOfWorkload(workload);
  if (faults.length > 0) return option.choices(faults.map(({ id }) => id));
  return option.argParser(() => {
    throw new InvalidArgumentError(
      `"${workload.name}" has no faults: it starts no other stage, and ${workload.file} lists none.`,
    );
  });
}

export function faultOf(workload: KnownWorkload, options: PlatformOptions): Fault | undefined {
  if (options.break === undefined) return undefined;
  const fault = faultsOfWorkload(workload).find(({ id }) => id === options.break);
  if (fault) return fault;
  throw new WrongInput(`"${workload.name}" has no fault "${options.break}" to take a permission away`);
}

/** The selected tenant with its workload and this run of it. */
export const tenantOf = <Run>(chosen: ChosenDeployment, { local, file }: KnownWorkload, run: Run) => ({
  ...chosen,
  local,
  file,
  run,
});

/** The run that the options of the workload ask for. */
export const runOf = ({ local, file }: KnownWorkload, options: OptionValues): LocalRun =>
  asked({ file }, () => local.prepare?.(valuesOf(local.options ?? [], options))) ?? {};
