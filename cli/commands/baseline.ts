import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { partitionOf } from '@crosswind/aws/partition';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Platform } from '../../config/schema.ts';
import {
  type AccountBaseline,
  accountsInOrder,
  type Baseline,
  baselineOf,
  guardedOf,
} from '../../onboarding/baseline/baseline.ts';
import { cdkBootstrapTemplate } from '../../onboarding/baseline/bootstrap-template.ts';
import { breakGlassPrincipal, type BreakGlassPrincipal } from '../../policies/organization/break-glass.ts';
import { organizationPolicies } from '../../policies/organization/organization-policies.ts';
import { baselineScript } from '../baseline/baseline-script.ts';
import { breakGlassScript } from '../baseline/break-glass-script.ts';
import { organizationScript, type OrganizationScriptProps } from '../baseline/organization-script.ts';
import { stackSetScript } from '../baseline/stack-set-script.ts';
import { stackSetsOf } from '../baseline/stack-sets.ts';
import { columns } from '../columns.ts';
import { WrongInput } from '../failure.ts';
import type { Io } from '../io.ts';
import { namedAccount } from '../platform/named-account.ts';
import { readPlatform } from '../read-platform.ts';
import { jsonText, type Terminal, terminalOf } from '../terminal.ts';
import { writeAtomically } from '../write-atomically.ts';

interface BaselineOptions {
  readonly template?: string;
  readonly script: boolean;
  readonly stackSets: boolean;
  readonly breakGlass?: readonly string[];
  readonly organizationPolicies?: string;
  readonly file: string;
  readonly json: boolean;
}

/** `crosswind baseline`: what each account has before the pipeline deploys to it. */
export function baselineCommand(io: Io, clone: Clone): Command {
  return new Command('baseline')
    .description(
      'show the baseline of the accounts (bootstrap, guards, link to monitoring) and how to deploy it; runs nothing itself',
    )
    .argument('[account...]', 'only these accounts of the platform (default: all that are not detached)')
    .option(
      '--template <file>',
      'write the template of these accounts, which must be of one kind; - for standard output',
    )
    .option('--script', 'print a shell script that deploys it, with a role that it assumes in each account', false)
    .option(
      '--stack-sets',
      'print the commands that deploy it to workload accounts by service-managed StackSets',
      false,
    )
    .option(
      '--break-glass <arn>',
      'print a shell script that creates the role for emergencies, for this user or role; give it once for each',
      (arn: string, others: readonly string[] | undefined) => [...(others ?? []), arn],
    )
    .option(
      '--organization-policies <dir>',
      'write the service and resource control policies, and print a shell script that attaches them',
    )
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print it as JSON', false)
    .addHelpText('after', '\nExit codes: 0 printed or written, 1 wrong input.')
    .action((names: readonly string[], options: BaselineOptions) => showBaseline(io, clone, names, options));
}

async function showBaseline(io: Io, clone: Clone, names: readonly string[], options: BaselineOptions): Promise<void> {
  checkOptions(options);
  const platform = await readPlatform(clone, resolve(options.file));
  const baseline = chosen(baselineOf(platform, cdkBootstrapTemplate()), platform, names);
  const terminal = terminalOf(io, { json: options.json || options.template === '-' });
  if (options.template !== undefined) return writeTemplate(baseline, options.template, terminal);
  if (options.organizationPolicies !== undefined) {
    return writePolicies(
      baseline,
      platform,
      { directory: options.organizationPolicies, isWhole: names.length === 0 },
      terminal,
    );
  }
  if (options.json) terminal.data(jsonText(asData(baseline)));
  else for (const line of shown(baseline, platform, options)) terminal.out(line);
}

function checkOptions(options: BaselineOptions): void {
  const { template, script, stackSets, breakGlass, organizationPolicies: directory, json } = options;
  const given = Object.entries({
    '--template': template !== undefined,
    '--script': script,
    '--stack-sets': stackSets,
    '--break-glass': breakGlass !== undefined,
    '--organization-policies': directory !== undefined,
    '--json': json,
  }).flatMap(([name, isGiven]) => (isGiven ? [name] : []));
  if (given.length > 1) throw new WrongInput(`${given.join(' and ')} print different things: give one of them`);
}

/** The baseline of the named accounts; of all if none is named. */
function chosen(baseline: Baseline, platform: Platform, names: readonly string[]): Baseline {
  for (const name of names) {
    if (namedAccount(platform, name).state !== 'detached') continue;
    throw new WrongInput(`"${name}" is detached and has no baseline: write state: active to take it back`);
  }
  const accounts = baseline.accounts.filter(({ account }) => names.length === 0 || names.includes(account));
  return {
    ...baseline,
    accounts,
    kinds: baseline.kinds.filter(({ kind }) => accounts.some((each) => each.kind === kind)),
  };
}

async function writeTemplate({ kinds }: Baseline, file: string, terminal: Terminal): Promise<void> {
  const [kind, ...others] = kinds;
  if (!kind || others.length > 0) {
    const found = kinds.map((each) => each.kind).join(', ');
    throw new WrongInput(
      `--template writes one template, got accounts of the kinds ${found}: name accounts of one kind`,
    );
  }
  const text = JSON.stringify(kind.template, null, 1);
  if (file === '-') {
    terminal.data(text);
    return;
  }
  await writeAtomically(resolve(file), `${text}\n`);
  terminal.note(`wrote the baseline of ${kind.kind} accounts to ${file}, digest ${kind.digest}`);
}

async function writePolicies(
  { kinds, accounts }: Baseline,
  platform: Platform,
  { directory, isWhole }: Pick<OrganizationScriptProps, 'directory' | 'isWhole'>,
  terminal: Terminal,
): Promise<void> {
  const policies = organizationPolicies(guardedOf(platform), new Set(kinds.map(({ kind }) => kind)));
  const path = resolve(directory);
  await mkdir(path, { recursive: true });
  // Whitespace counts when AWS Organizations measures a policy.
  for (const { name, document } of policies) {
    await writeAtomically(join(path, `${name}.json`), JSON.stringify(document));
  }
  for (const line of organizationScript({ policies, accounts, isWhole, directory })) terminal.out(line);
}

function shown(baseline: Baseline, platform: Platform, options: BaselineOptions): readonly string[] {
  const { script, stackSets, breakGlass } = options;
  if (breakGlass) return breakGlassScript(guardedOf(platform), baseline.accounts, principalsOf(breakGlass, platform));
  if (script) return baselineScript(baseline, partitionOf(platform.region));
  if (!stackSets) return overview(baseline);
  if (stackSetsOf(baseline).length > 0) {
    return stackSetScript(
      baseline,
      accountsInOrder(platform).filter(({ kind }) => kind !== 'workload'),
    );
  }
  throw new WrongInput('--stack-sets is for workload accounts, and there is none among these');
}

function principalsOf(arns: readonly string[], { region }: Platform): readonly BreakGlassPrincipal[] {
  const partition = partitionOf(region);
  return arns.map((arn) => {
    const principal = breakGlassPrincipal(arn, partition);
    if (principal) return principal;
    const examples = `arn:${partition}:iam::999999999999:user/ada or …:role/aws-reserved/sso.amazonaws.com/*Emergency_*`;
    throw new WrongInput(`--break-glass: expected the ARN of a named user or role, got ${arn}; write ${examples}`);
  });
}

const overview = ({ accounts, kinds, homeRegion }: Baseline): readonly string[] => [
  ...columns(
    accounts.map(({ account, id, kind, regions }) => [account, id, kind, digestFor(kinds, kind), regions.join(', ')]),
    ['left', 'left', 'left', 'left', 'left'],
  ),
  '',
  `Deploy it with one of these, roles in ${homeRegion}:`,
  '  npx crosswind baseline --script > baseline.sh && bash baseline.sh',
  '  npx crosswind baseline --stack-sets > stack-sets.sh',
];

const digestFor = (kinds: Baseline['kinds'], kind: AccountBaseline['kind']): string =>
  kinds.find((each) => each.kind === kind)?.digest ?? '';

const asData = (baseline: Baseline) => ({
  homeRegion: baseline.homeRegion,
  accounts: baseline.accounts.map((account) => ({ ...account, digest: digestFor(baseline.kinds, account.kind) })),
  templates: Object.fromEntries(baseline.kinds.map(({ kind, template }) => [kind, template])),
  stackSets: stackSetsOf(baseline),
});
