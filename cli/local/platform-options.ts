import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { LocalRun, OptionValues } from '../../blocks/local.ts';
import { collect, positiveInteger } from '../options.ts';
import type { Fault } from './faults.ts';
import {
  asked,
  faultsOfWorkload,
  type KnownWorkload,
  valuesOf,
  withWorkloadOptions,
  workloadHelp,
} from './workload-options.ts';

/** What every command says of the platform that it runs in the sandbox. */
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
  /** Directory of the clone. */
  readonly root: string;
  /** The workload that is run, whose options are read. */
  readonly workload: KnownWorkload | undefined;
  /** Workloads that the help tells of. */
  readonly helpOn: readonly KnownWorkload[];
}

/** Adds the options that all commands with a sandbox have, and those of the workload that is run. */
export function withPlatformOptions(command: Command, { root, workload, helpOn }: PlatformOptionsProps): Command {
  const faults = workload ? faultsOfWorkload(workload) : [];
  command
    .option('--tenant <tenant>', 'the tenant to run (default: the first that is deployed)')
    .option('--wave <wave>', 'where it runs (default: the first wave that it is in)')
    .option('--set <tenant.setting=value>', 'change a setting of the platform for this run (repeatable)', collect, [])
    .addOption(breakOption(faults))
    .option('--crash', 'kill every function during its first attempt at each event', false)
    .option(
      '--poll <seconds>',
      'how often a caller polls what it started (AWS documents no number)',
      positiveInteger,
      5,
    )
    .option('--assembly <dir>', 'run this cloud assembly instead of synthesizing one')
    .option('--strict', 'refuse what AWS can deploy and the sandbox cannot simulate', false)
    .option('--file <file>', 'the platform', resolve(root, 'platform.yaml'));
  withWorkloadOptions(command, workload, workload?.local.options ?? []);
  return command.addHelpText(
    'after',
    [
      workloadHelp(helpOn, 'Options of', ({ local: { options = [] } }) =>
        options.map(({ flags, description }) => [flags, description]),
      ),
      workloadHelp(helpOn, 'Faults for --break of', (known) =>
        faultsOfWorkload(known).map(({ id, title }) => [id, title]),
      ),
    ].join('\n'),
  );
}

function breakOption(faults: readonly Fault[]): Option {
  const option = new Option('--break <fault>', 'take one permission away and see what happens');
  // Nothing is chosen from where no workload is run.
  return faults.length > 0 ? option.choices(faults.map(({ id }) => id)) : option;
}

export const faultOf = (workload: KnownWorkload, options: PlatformOptions): Fault | undefined =>
  faultsOfWorkload(workload).find(({ id }) => id === options.break);

/** The run that the options of the workload ask for. */
export const runOf = ({ local }: KnownWorkload, options: OptionValues): LocalRun =>
  asked(() => local.prepare?.(valuesOf(local.options ?? [], options))) ?? {};
