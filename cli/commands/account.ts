import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { accountStates } from '../../config/schema.ts';
import { type NewAccount, withAccount, withoutAccount } from '../../onboarding/account-edits.ts';
import type { Consequences } from '../../onboarding/consequences.ts';
import { usesOf, useText } from '../../onboarding/uses.ts';
import { WrongInput } from '../failure.ts';
import { deployedIn } from '../platform/deployed-in.ts';
import { editPlatform } from '../platform/edit-platform.ts';
import { namedAccount } from '../platform/named-account.ts';
import { listedAccounts } from '../platform/plan.ts';
import { accountLines, accountTable, consequenceLines } from '../platform/present.ts';
import { loadValidPlatform, readPlatform } from '../read-platform.ts';
import { processTerminal } from '../terminal.ts';

interface FileOptions {
  readonly file: string;
  readonly json: boolean;
}

interface EditOptions extends FileOptions {
  readonly dryRun: boolean;
}

/** `crosswind account`: the accounts of platform.yaml, edited in place. */
export function accountCommand(root: string): Command {
  const command = (name: string, description: string): Command =>
    new Command(name)
      .description(description)
      .option('--file <file>', 'the file to read and edit', resolve(root, 'platform.yaml'))
      .option('--json', 'print the result as JSON, and nothing else, on standard output', false);
  const edit = (name: string, description: string): Command =>
    command(name, description)
      .option('--dry-run', 'say what would happen, and write nothing', false)
      .addHelpText('after', '\nExit codes: 0 done, 1 wrong input; then nothing was written.');
  return new Command('account')
    .description('add, list, show or remove accounts in platform.yaml; comments, order and formatting stay')
    .addCommand(
      edit('add', 'add an account at the end of the list')
        .argument('<name>', 'what the rest of the file calls it')
        .requiredOption('--id <id>', 'its 12 digits')
        .requiredOption('--email <address>', 'the address of its root user')
        .requiredOption('--organizational-unit <path>', 'path below the root, for example Workloads/Dev')
        .addOption(new Option('--state <state>', 'where it stands (default: active)').choices(accountStates))
        .option('--region <region>', 'where its workloads run (default: the region of the platform)')
        .action((name: string, options: EditOptions & Omit<NewAccount, 'name'>) => add({ ...options, name })),
    )
    .addCommand(command('list', 'list the accounts and what uses them').action(list))
    .addCommand(
      command('show', 'show one account and where it is used')
        .argument('<name>')
        .option('--assembly <dir>', 'also list the stacks and roles that this cloud assembly has for it')
        .action(show),
    )
    .addCommand(
      edit('remove', 'remove an account')
        .argument('<name>')
        .option(
          '--with-placements',
          'also remove where tenants use it, and the tenants and waves that then hold nothing',
          false,
        )
        .action(remove),
    );
}

async function add({ file: path, json, dryRun, ...account }: EditOptions & NewAccount): Promise<void> {
  const loaded = await loadValidPlatform(resolve(path));
  const result = await editPlatform(loaded, withAccount(loaded.text, account), { path: resolve(path), dryRun });
  tell(`${dryRun ? 'would add' : 'added'} ${account.name} to ${loaded.file}`, result, { json, dryRun });
}

async function remove(
  name: string,
  { file: path, json, dryRun, withPlacements }: EditOptions & { readonly withPlacements: boolean },
): Promise<void> {
  const loaded = await loadValidPlatform(resolve(path));
  const { platform } = loaded.parsed;
  namedAccount(platform, name);
  const uses = usesOf(platform, name);
  const own = uses.filter(({ kind }) => kind === 'pipeline' || kind === 'monitoring');
  if (own.length > 0) {
    const runs = own.map(useText).join(' and ');
    throw new WrongInput(`"${name}" runs ${runs}: move ${runs} to another account before you remove it`);
  }
  if (uses.length > 0 && !withPlacements) {
    const used = uses.map(useText).join(', ');
    throw new WrongInput(`"${name}" is in use: ${used}; --with-placements removes that as well`);
  }
  const edited = withoutAccount(loaded.text, platform, name);
  const result = await editPlatform(loaded, edited, { path: resolve(path), dryRun });
  tell(`${dryRun ? 'would remove' : 'removed'} ${name} from ${loaded.file}`, result, { json, dryRun });
}

function tell(done: string, result: Consequences, { json, dryRun }: Pick<EditOptions, 'json' | 'dryRun'>): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ written: !dryRun, ...result }, null, 2)}\n`);
    return;
  }
  const terminal = processTerminal({ json });
  for (const line of [done, '', ...consequenceLines(result, terminal.colors)]) terminal.out(line);
}

async function list({ file, json }: FileOptions): Promise<void> {
  const accounts = listedAccounts(await readPlatform(resolve(file)));
  if (json) process.stdout.write(`${JSON.stringify(accounts, null, 2)}\n`);
  else for (const line of accountTable(accounts)) processTerminal({ json }).out(line);
}

async function show(
  name: string,
  { file, json, assembly }: FileOptions & { readonly assembly?: string },
): Promise<void> {
  const account = namedAccount(await readPlatform(resolve(file)), name);
  const deployed = assembly === undefined ? undefined : deployedIn(resolve(assembly), account.id);
  if (json) process.stdout.write(`${JSON.stringify({ ...account, ...(deployed && { deployed }) }, null, 2)}\n`);
  else for (const line of accountLines(account, deployed)) processTerminal({ json }).out(line);
}
