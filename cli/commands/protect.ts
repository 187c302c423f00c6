import { resolve } from 'node:path';
import { Command } from 'commander';
import pMap from 'p-map';
import type { Clone } from '../../blocks/discover-workloads.ts';
import {
  observabilityStageName,
  type PlacedStack,
  probesStageName,
  stacksOfStage,
} from '../../config/deployed-stacks.ts';
import { accountNamed } from '../../config/deployments.ts';
import { listed } from '../../config/nearest.ts';
import { accountRoleNames, pipelineRoleNames } from '../../config/role-names.ts';
import type { Platform } from '../../config/schema.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import type { Io } from '../io.ts';
import { collect } from '../options.ts';
import { protectStack } from '../protect/protect-stack.ts';
import { loadValidPlatform } from '../read-platform.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface ProtectOptions {
  readonly file: string;
  readonly tenant: readonly string[];
  readonly json: boolean;
}

/** Stacks that are protected at a time; CloudFormation throttles calls by account. */
const concurrency = 10;

/** `crosswind protect`: termination protection, which CodePipeline does not switch on. */
export function protectCommand(io: Io, clone: Clone): Command {
  return new Command('protect')
    .description('switch on the termination protection of the stacks of a wave on AWS, where it is off')
    .argument(
      '<wave>',
      `a wave of platform.yaml, "${probesStageName}" for the probes of accounts, or "${observabilityStageName}" for topics, alarms and dashboards`,
    )
    .option('--tenant <tenant>', 'leave out the stacks of other tenants (repeatable)', collect, [])
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print the stacks as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        `Needs AWS credentials of the role ${pipelineRoleNames.protection} of the pipeline's account. It assumes`,
        `${accountRoleNames.protector} in each account, and calls DescribeStacks and UpdateTerminationProtection.`,
        'A stack that is protected stays as it is; nothing is ever unprotected.',
        '',
        'Exit codes: 0 every stack is protected, 1 wrong input, 2 a stack could not be protected.',
      ].join('\n'),
    )
    .action((wave: string, options: ProtectOptions) => protect(io, clone, wave, options));
}

async function protect(io: Io, clone: Clone, wave: string, options: ProtectOptions): Promise<void> {
  const { parsed } = io.aws?.platform ?? (await loadValidPlatform(clone, resolve(options.file)));
  const { platform } = parsed;
  const stacks = chosenStacks(platform, wave, options.tenant);
  const terminal = terminalOf(io, options);
  const props = { pipelineAccount: accountNamed(platform, platform.pipeline.account).id, aws: io.aws };
  const results = await pMap(stacks, (stack) => protectStack(stack, props), { concurrency });
  if (options.json) terminal.data(jsonText({ wave, stacks: results }));
  for (const { name, account, region, result } of results) {
    if (result !== 'failed') terminal.out(`${result}: ${name} in ${account}, ${region}`);
  }
  const errors = results.flatMap(({ error }) => error ?? []);
  if (errors.length > 0) {
    throw new RunFailed(`${errors.length} of ${results.length} stacks are not protected:\n${errors.join('\n')}`);
  }
}

function chosenStacks(platform: Platform, wave: string, tenants: readonly string[]): readonly PlacedStack[] {
  const waves = [...platform.waves.map(({ name }): string => name), probesStageName, observabilityStageName];
  if (!waves.includes(wave)) throw new WrongInput(`there is no wave "${wave}" (known: ${listed(waves)})`);
  const known: readonly string[] = platform.tenants.map(({ name }) => name);
  const unknown = tenants.find((tenant) => !known.includes(tenant));
  if (unknown !== undefined) throw new WrongInput(`there is no tenant "${unknown}" (known: ${listed(known)})`);
  return stacksOfStage(platform, wave).filter(
    ({ tenant }) => tenants.length === 0 || tenant === undefined || tenants.includes(tenant),
  );
}
