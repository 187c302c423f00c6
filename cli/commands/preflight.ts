import { resolve } from 'node:path';
import { Command } from 'commander';
import pMap from 'p-map';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { accountRoleNames } from '../../config/role-names.ts';
import type { Platform } from '../../config/schema.ts';
import { baselineOf } from '../../onboarding/baseline/baseline.ts';
import { cdkBootstrapTemplate } from '../../onboarding/baseline/bootstrap-template.ts';
import { withNested } from '../../policies/evidence/nested-stacks.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { assemblyIn } from '../local/assembled-app.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { collect } from '../options.ts';
import { accountCalled } from '../platform/named-account.ts';
import { stacksOfPush } from '../platform/platform-stacks.ts';
import { type AccountFacts, accountFacts, type ReadAccountProps } from '../preflight/account-facts.ts';
import { askingAws } from '../preflight/asking-aws.ts';
import type { Finding } from '../preflight/finding.ts';
import { findingsOf } from '../preflight/findings.ts';
import { neededQuotas } from '../preflight/needed-quotas.ts';
import { baselineStacks } from '../quotas/baseline-stacks.ts';
import { loadValidPlatform } from '../read-platform.ts';
import { jsonText, type Terminal, terminalOf } from '../terminal.ts';

interface PreflightOptions {
  readonly account: readonly string[];
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
}

/** Accounts that are read side by side; most of their calls are throttled by account. */
const concurrency = 10;

/** `crosswind preflight`: what would stop the next push, before it stops it. */
export function preflightCommand(io: Io, clone: Clone): Command {
  return new Command('preflight')
    .description(
      'find what would stop the next push in the accounts on AWS: baseline, links, quotas, connection, stacks',
    )
    .option('--account <account>', 'only this account, by name or id (repeatable)', collect, [])
    .option('--assembly <dir>', 'check for a push of this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print the findings as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        `Needs AWS credentials of the pipeline's account that may assume ${accountRoleNames.viewer} in each account.`,
        'It reads, and changes nothing. AWS_ENDPOINT_URL names another place than AWS.',
        '',
        'A warning stops no push: something in an account that is pending, a subscription, which the push may bring, or a stack',
        'that it does not deploy.',
        '',
        'Exit codes: 0 ready, warnings or not, 1 wrong input, 2 not ready, or AWS could not be asked.',
      ].join('\n'),
    )
    .action((options: PreflightOptions) => preflight(io, clone, options));
}

async function preflight(io: Io, clone: Clone, options: PreflightOptions): Promise<void> {
  const { parsed } = io.aws?.platform ?? (await loadValidPlatform(clone, resolve(options.file)));
  const { platform } = parsed;
  const terminal = terminalOf(io, options);
  const chosen = new Set(options.account.map((word) => chosenAccount(platform, word)));
  const isChosen = (id: string): boolean => chosen.size === 0 || chosen.has(id);
  const baseline = baselineOf(platform, cdkBootstrapTemplate());
  const stacks = await stacksToPush(io, clone, options, platform);
  // The monitoring account has the sinks that the others link to.
  const wanted = baseline.accounts.filter(({ id }) => isChosen(id) || id === baseline.monitoringAccount);
  const props = {
    ...{ connection: platform.pipeline.connection, homeRegion: platform.region, aws: io.aws },
    neededQuotas: neededQuotas(stacks.all, platform.region),
  };
  const read = await askingAws(platform, () => readAll(wanted, props, terminal));
  const findings = findingsOf(read, { platform, baseline, pushed: stacks.pushed }).filter(
    // Without the sinks of the monitoring account no link can be judged.
    ({ id, check }) => isChosen(id) || check === 'viewer role',
  );
  const accounts = baseline.accounts.filter(({ id }) => isChosen(id));
  if (options.json) terminal.data(jsonText({ accounts: accounts.map(({ account }) => account), findings }));
  else for (const line of findings.flatMap(shown)) terminal.out(line);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const counted = `${accounts.length} account${accounts.length === 1 ? '' : 's'}`;
  if (errors.length > 0) {
    const unready = new Set(errors.map(({ account }) => account)).size;
    throw new RunFailed(`not ready: ${errors.length} findings in ${unready} of ${counted}`);
  }
  const warned = findings.length === 0 ? '' : `, with ${findings.length} warning${findings.length === 1 ? '' : 's'}`;
  terminal.out(`ready: ${counted}${warned}`);
}

/** Id of an account that has a baseline. */
function chosenAccount(platform: Platform, word: string): string {
  const { id, name, state } = accountCalled(platform, word);
  if (state !== 'detached') return id;
  throw new WrongInput(`"${name}" is detached and nothing is checked there: leave it out`);
}

interface StacksToPush {
  /** Keys of the stacks that the push deploys or needs. */
  readonly pushed: ReadonlySet<string>;
  /** These stacks. */
  readonly all: readonly AssembledStack[];
}

/** The stacks of the assembly that is given, or of one that is synthesized now, with the baselines. */
async function stacksToPush(
  io: Io,
  clone: Clone,
  options: PreflightOptions,
  platform: Platform,
): Promise<StacksToPush> {
  const cleanUp = onInterrupt(io);
  try {
    const terminal = terminalOf(io, options);
    const assembly = await assemblyFor({ clone, options: { ...options, set: [] }, terminal, cleanUp });
    const assembled = assemblyIn(assembly);
    return {
      pushed: stacksOfPush(platform, assembled),
      all: [...withNested(assembled), ...baselineStacks(platform, assembly)],
    };
  } finally {
    await cleanUp.now();
  }
}

async function readAll(
  accounts: ReturnType<typeof baselineOf>['accounts'],
  props: ReadAccountProps,
  terminal: Terminal,
): Promise<readonly AccountFacts[]> {
  let read = 0;
  return pMap(
    accounts,
    async (account) => {
      const facts = await accountFacts(account, props);
      terminal.progress(`read ${(read += 1)} of ${accounts.length} accounts`);
      return facts;
    },
    { concurrency },
  );
}

const shown = ({ check, severity, account, id, region, found, needed, fix }: Finding): readonly string[] => [
  `${account} (${id}${region === undefined ? '' : `, ${region}`}): ${check}${severity === 'warning' ? ', a warning' : ''}`,
  `  found   ${found}`,
  `  needed  ${needed}`,
  `  fix     ${fix}`,
];
