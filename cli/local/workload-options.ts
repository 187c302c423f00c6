import { join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { existsSync } from 'node:fs';
import { type Contract, type Contracts, stagesFromEntry } from '../../blocks/contract.ts';
import {
  type Clone,
  discoverWorkloads,
  loadParts,
  workloadFile,
  workloadFolder,
} from '../../blocks/discover-workloads.ts';
import { type Local, type LocalOption, type OptionValues, WrongOption } from '../../blocks/local.ts';
import { messageOf } from '@crosswind/aws/problem';
import { WrongInput } from '../failure.ts';
import { checkSettings, collect } from '../options.ts';
import { loadValidPlatform, type ValidPlatform } from '../read-platform.ts';
import { type ChosenDeployment, deploymentToRun } from '../run/chosen-deployment.ts';
import { type Fault, type Hop, faultsOf } from './faults.ts';

/** A workload as the command line knows it. */
export interface KnownWorkload {
  readonly name: string;
  readonly contract: Contract;
  readonly local: Local;
  /** Reason why its local behavior is unknown; only in the help. */
  readonly problem?: string;
  /** The file of its local behavior, as messages name it. */
  readonly file: string;
}

/** Platform, tenant and workload that a command line selects, before the options of the workload are known. */
export interface Selection {
  readonly platform: ValidPlatform;
  /** Undefined if everything is frozen or withheld, so that there is nothing to run. */
  readonly chosen: ChosenDeployment | undefined;
  readonly workload: KnownWorkload | undefined;
}

interface Said {
  readonly tenant?: string;
  readonly wave?: string;
  readonly file: string;
  readonly set: readonly string[];
  readonly assembly?: string;
}

/** Reads the options that select the workload. All other arguments are read later. */
export function saidFirst(clone: Clone, args: readonly string[]): Said {
  const reader = new Command()
    .option('--tenant <tenant>')
    .option('--wave <wave>')
    .option('--file <file>', '', resolve(clone.root, 'platform.yaml'))
    .option('--set <setting>', '', collect, [])
    .option('--assembly <dir>')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  try {
    reader.parse(args, { from: 'user' });
  } catch (error) {
    // An option without its value: the command itself says so.
    if (!(error instanceof CommanderError)) throw error;
  }
  const said = reader.opts<Said>();
  checkSettings(said);
  return said;
}

export const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h');

/** The tenant that the command line names, else the first that is deployed, with its workload. */
export async function selectionOf(clone: Clone, said: Said): Promise<Selection> {
  const platform = await loadValidPlatform(clone, resolve(said.file), { settings: said.set, withUnreadable: true });
  const chosen = deploymentToRun(platform.parsed.platform, said);
  const name = chosen?.deployment.tenant.workload;
  const problem = name === undefined ? undefined : platform.unreadable.get(name);
  if (problem !== undefined) throw new WrongInput(problem);
  const workload = name === undefined ? undefined : await knownWorkload(clone, name, platform.contracts);
  return { platform, chosen, workload };
}

/** Every workload of the clone that has a contract, for the help. */
export async function allWorkloads(clone: Clone): Promise<readonly KnownWorkload[]> {
  const { contracts } = await discoverWorkloads(clone);
  return Promise.all(
    [...contracts].map(([name, contract]) =>
      knownWorkload(clone, name, contracts).catch((error: unknown) => ({
        name,
        contract,
        local: {},
        file: workloadFile(clone, name, 'local.ts'),
        problem: messageOf(error),
      })),
    ),
  );
}

/** A workload with its local behavior, which it need not have. */
export async function knownWorkload(clone: Clone, name: string, contracts: Contracts): Promise<KnownWorkload> {
  const contract = contracts.get(name);
  if (!contract) throw new WrongInput(`there is no workload "${name}" in ${clone.services}/`);
  const file = workloadFile(clone, name, 'local.ts');
  if (!existsSync(join(workloadFolder(clone, name), 'local.ts'))) return { name, contract, local: {}, file };
  const parts = await loadParts<Local>(clone, [name], 'local').catch((error: unknown) => {
    throw new WrongInput(messageOf(error));
  });
  return { name, contract, local: parts.get(name) ?? {}, file };
}

/** The faults that `--break` knows of a workload. */
export const faultsOfWorkload = ({ contract, local }: KnownWorkload): readonly Fault[] =>
  faultsOf(hopsOf(contract), local.faults ?? []);

/** The stages that others start, in the order in which people read stages. */
const hopsOf = (contract: Contract): readonly Hop[] =>
  stagesFromEntry(contract)
    .map(({ name: called }, _, stages) => ({
      called,
      callers: stages.filter(({ starts = [] }) => starts.includes(called)).map(({ name }) => name),
    }))
    .filter(({ callers }) => callers.length > 0);

/** Options that only one of `start` and `sandbox` has: both read the options of a workload, so they cannot be its own. */
const ownOptions: readonly string[] = ['out', 'report', 'json', 'no-data', 'port', 'watch', 'empty'];

/** Adds the options of a run to `start` or `sandbox`. */
export const withRunOptions = (command: Command, workload: KnownWorkload | undefined): Command =>
  withWorkloadOptions(command, workload, workload?.local.options ?? [], ownOptions);

/**
 * Adds the options of a workload to a command; its help lists them by workload.
 * @param taken names besides those of the command that these options cannot have
 */
export function withWorkloadOptions(
  command: Command,
  workload: KnownWorkload | undefined,
  options: readonly LocalOption[],
  taken: readonly string[] = [],
): Command {
  for (const { flags, description, parse, default: value } of options) {
    try {
      const option = new Option(flags, description).hideHelp();
      if (parse) option.argParser((text) => parsed(parse, text));
      if (value !== undefined) option.default(value);
      const name = option.attributeName();
      const names = [option.name(), name];
      const isOther = (other: Option): boolean => other.long === option.long || other.attributeName() === name;
      if (command.options.some(isOther) || [...taken, 'help'].some((own) => names.includes(own))) {
        throw new Error(`the command line has an option "${option.name()}" already: give ${flags} another name`);
      }
      command.addOption(option);
    } catch (error) {
      throw new WrongInput(`${workload?.file ?? ''}: ${messageOf(error)}`);
    }
  }
  return command;
}

function parsed(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof WrongOption ? new InvalidArgumentError(error.message) : error;
  }
}

/** The values that a command read for the options of a workload. */
export const valuesOf = (options: readonly LocalOption[], values: OptionValues): OptionValues =>
  Object.fromEntries(
    options.map((option) => {
      const name = optionName(option);
      return [name, values[name]];
    }),
  );

/** Name of an option among values: `--fail-rate` is `failRate`. */
export const optionName = ({ flags }: Pick<LocalOption, 'flags'>): string => new Option(flags).attributeName();

/** Calls into a workload; a mistake in an option is wrong input. */
export function asked<Answer>({ file }: Pick<KnownWorkload, 'file'>, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    throw new WrongInput(error instanceof WrongOption ? error.message : `${file}: ${messageOf(error)}`);
  }
}

/** A heading and lines for the help, per workload; nothing for a workload without any. */
export const workloadHelp = (
  workloads: readonly KnownWorkload[],
  title: string,
  linesOf: (workload: KnownWorkload) => readonly (readonly [term: string, description: string])[],
): string =>
  workloads
    .flatMap((workload) => {
      const lines = linesOf(workload);
      if (lines.length === 0) return [];
      const width = Math.max(...lines.map(([term]) => term.length));
      return ['', `${title} ${workload.name}:`, ...lines.map(([term, text]) => `  ${term.padEnd(width)}  ${text}`)];
    })
    .join('\n');
