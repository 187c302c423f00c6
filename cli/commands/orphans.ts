import { resolve } from 'node:path';
import { Command } from 'commander';
import pMap from 'p-map';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { accountRoleNames } from '../../config/role-names.ts';
import { regionsInUse } from '../../config/regions-in-use.ts';
import { accountId, type Platform } from '../../config/schema.ts';
import { accountsInOrder } from '../../onboarding/baseline/baseline.ts';
import { accountNamed } from '../../config/deployments.ts';
import { Findings, RunFailed, WrongInput } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { assemblyIn } from '../local/assembled-app.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { collect } from '../options.ts';
import { deletionOf, inOrder, keptOf } from '../orphans/deletion.ts';
import { findOrphans, type Searched } from '../orphans/find-orphans.ts';
import type { Orphan } from '../orphans/orphan.ts';
import { stacksOfPush } from '../platform/platform-stacks.ts';
import { askingAws } from '../preflight/asking-aws.ts';
import { loadValidPlatform } from '../read-platform.ts';
import { jsonText, type Terminal, terminalOf } from '../terminal.ts';

interface OrphansOptions {
  readonly account: readonly string[];
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
}

/** Accounts that are read side by side. */
const concurrency = 10;

/** `crosswind orphans`: stacks that the pipeline deployed once and forgot, and how to delete them. */
export function orphansCommand(io: Io, clone: Clone): Command {
  return new Command('orphans')
    .description(
      'list stacks on AWS that no push deploys any more, and print the commands that delete them; runs nothing',
    )
    .option('--account <id>', 'also this account, which has left the file (repeatable)', collect, [])
    .option('--assembly <dir>', 'compare with this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print the stacks as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        `Needs AWS credentials of the pipeline's account that may assume ${accountRoleNames.viewer} in each account.`,
        'The commands need those of an administrator of each account; service control policies let crosswind-break-glass.',
        '',
        'Exit codes: 0 nothing is left over, 1 stacks are, or wrong input, 2 AWS could not be asked.',
      ].join('\n'),
    )
    .action((options: OrphansOptions) => showOrphans(io, clone, options));
}

async function showOrphans(io: Io, clone: Clone, options: OrphansOptions): Promise<void> {
  const { platform } = (await loadValidPlatform(clone, resolve(options.file))).parsed;
  const terminal = terminalOf(io, options);
  checkNamed(platform, options.account);
  const cleanUp = onInterrupt(io);
  try {
    const assembly = await assemblyFor({ clone, options: { ...options, set: [] }, terminal, cleanUp });
    const searched = accountsToSearch(platform, assembly, options.account).map((each) => ({ ...each, aws: io.aws }));
    const found = await searchAll(platform, searched, terminal);
    const orphans = inOrder(found, accountNamed(platform, platform.monitoring.account).id);
    const kept = orphans.flatMap(keptOf);
    if (options.json) {
      const stacks = orphans.map((orphan) => {
        const { account, region, name } = orphan;
        return { account, region, name, commands: deletionOf(orphan) };
      });
      terminal.data(jsonText({ stacks, kept }));
    } else for (const line of script(orphans, kept)) terminal.out(line);
    const counted = `${searched.length} accounts`;
    if (orphans.length > 0) throw new Findings(`${orphans.length} stacks are left over in ${counted}`);
    terminal.out(`no stack is left over in ${counted}`);
  } finally {
    await cleanUp.now();
  }
}

/** Refuses ids of no account, and of accounts that are searched anyway, before anything is synthesized. */
function checkNamed(platform: Platform, named: readonly string[]): void {
  const known = new Set(accountsInOrder(platform).map(({ id }) => id));
  for (const id of named) {
    if (!accountId.safeParse(id).success) throw new WrongInput(`--account must be 12 digits, got "${id}"`);
    if (known.has(id)) throw new WrongInput(`account ${id} is in the file and is searched anyway: leave --account out`);
  }
}

/** Accounts of the platform, and those that are named, with the stacks that belong there. */
function accountsToSearch(platform: Platform, assembly: string, named: readonly string[]): readonly Searched[] {
  const accounts = accountsInOrder(platform);
  const expected = stacksOfPush(platform, assemblyIn(assembly));
  // An account that has moved to another region may have stacks in every one.
  const regions = regionsInUse(platform);
  return [
    ...accounts.map(({ id, regions: own }) => ({ account: id, regions: [...new Set([...own, ...regions])], expected })),
    ...named.map((account) => ({ account, regions, expected })),
  ];
}

async function searchAll(
  platform: Platform,
  searched: readonly Searched[],
  terminal: Terminal,
): Promise<readonly Orphan[]> {
  let done = 0;
  const search = async (each: Searched): Promise<readonly Orphan[]> => {
    const orphans = await askingAws(platform, () => findOrphans(each)).catch((error: unknown) => {
      if (!(error instanceof Error) || !error.name.startsWith('AccessDenied')) throw error;
      throw new RunFailed(
        `account ${each.account} cannot be read: ${error.message}\nexpected the role ${accountRoleNames.viewer} of its baseline, which the credentials at hand may assume`,
      );
    });
    terminal.progress(`searched ${(done += 1)} of ${searched.length} accounts`);
    return orphans;
  };
  return (await pMap(searched, search, { concurrency })).flat();
}

/** The commands in order, each account's with its number above them. */
function script(orphans: readonly Orphan[], kept: ReturnType<typeof keptOf>): readonly string[] {
  return [
    ...orphans.flatMap((orphan) => [
      `# ${orphan.name}: with credentials of an administrator of account ${orphan.account}`,
      ...deletionOf(orphan),
      '',
    ]),
    ...(kept.length > 0 ? ['# Kept, because their templates retain them. Where nobody needs them any more:'] : []),
    ...kept.map(({ account, type, name, command }) => `# ${type} ${name} in account ${account}: ${command}`),
  ];
}
