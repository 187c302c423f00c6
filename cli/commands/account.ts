import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { accountStates } from '../../config/schema.ts';
import { type NewAccount, withAccount, withoutAccount } from '../../onboarding/account-edits.ts';
import { usesOf, useText } from '../../onboarding/uses.ts';
import { WrongInput } from '../failure.ts';
import { deployedIn } from '../platform/deployed-in.ts';
import { editPlatform } from '../platform/edit-platform.ts';
import { namedAccount } from '../platform/named-account.ts';
import { listedAccounts } from '../platform/plan.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { accountLines, accountTable } from '../platform/present.ts';
import { printEdit } from '../platform/print-edit.ts';
import type { Io } from '../io.ts';
import { positiveInteger } from '../options.ts';
import { loadValidPlatform, readPlatform } from '../read-platform.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface FileOptions {
  readonly file: string;
  readonly json: boolean;
}

interface EditOptions extends FileOptions {
  readonly dryRun: boolean;
}

interface RemoveOptions extends EditOptions {
  readonly withPlacements: boolean;
}

interface ShowOptions extends FileOptions {
  readonly assembly?: string;
}

/** `crosswind account`: the accounts of platform.yaml, edited in place. */
export function accountCommand(io: Io, clone: Clone): Command {
  const command = (name: string, description: string): Command =>
    new Command(name)
      .description(description)
      .option('--file <file>', 'the file to read and edit', resolve(clone.root, 'platform.yaml'))
      .option('--json', 'print the result as JSON, and nothing else, on standard output', false);
  const read = (name: string, description: string): Command =>
    command(name, description).addHelpText('after', '\nExit codes: 0 printed, 1 wrong input.');
  const edit = (name: string, description: string): Command =>
    command(name, description)
      .option('--dry-run', 'say what would happen, and write nothing', false)
      .addHelpText('after', '\nExit codes: 0 done, 1 wrong input; then nothing was written.');
  return new Command('account')
    .description('add, list, show or remove accounts in platform.yaml; comments, order and formatting stay')
    .addCommand(
      edit('add', 'add an account at the end of the list')
        .argument('<name>', 'what the rest of the file calls it')
        .option('--aws-name <name>', 'its name in AWS Organizations (default: the same name)')
        .requiredOption('--id <id>', 'its 12 digits')
        .requiredOption('--email <address>', 'the address of its root user')
        .requiredOption('--organizational-unit <path>', 'path below the root, for example Workloads/Dev')
        .addOption(new Option('--state <state>', 'where it stands (default: active)').choices(accountStates))
        .option('--region <region>', 'where its workloads run (default: the region of the platform)')
        .option(
          '--lambda-concurrency <n>',
          'functions that may run at a time in it (default: as in a new account); `aws lambda get-account-settings` says',
          positiveInteger,
        )
        .action((name: string, options: EditOptions & Omit<NewAccount, 'name'>) =>
          add(io, clone, { ...options, name }),
        ),
    )
    .addCommand(
      read('list', 'list the accounts and what uses them').action((options: FileOptions) => list(io, clone, options)),
    )
    .addCommand(
      read('show', 'show one account and where it is used')
        .argument('<name>')
        .option('--assembly <dir>', 'also list the stacks and roles that this cloud assembly has for it')
        .action((name: string, options: ShowOptions) => show(io, clone, name, options)),
    )
    .addCommand(
      edit('remove', 'remove an account')
        .argument('<name>')
        .option(
          '--with-placements',
          'also remove where tenants use it, and the tenants and waves that then hold nothing',
          false,
        )
        .action((name: string, options: RemoveOptions) => remove(io, clone, name, options)),
    );
}

async function add(
  io: Io,
  clone: Clone,
  { file: path, json, dryRun, ...account }: EditOptions & NewAccount,
): Promise<void> {
  const loaded = await loadValidPlatform(clone, resolve(path));
  const result = await editPlatform(loaded, withAccount(loaded.text, account), { path: resolve(path), dryRun });
  const done = [`${dryRun ? 'would add' : 'added'} ${account.name} to ${loaded.file}`];
  printEdit(io, result, { json, dryRun, done });
}

async function remove(
  io: Io,
  clone: Clone,
  name: string,
  { file: path, json, dryRun, withPlacements }: RemoveOptions,
): Promise<void> {
  const loaded = await loadValidPlatform(clone, resolve(path));
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
  const done = [`${dryRun ? 'would remove' : 'removed'} ${name} from ${loaded.file}`];
  printEdit(io, result, { json, dryRun, done });
}

async function list(io: Io, clone: Clone, { file, json }: FileOptions): Promise<void> {
  const accounts = listedAccounts(await readPlatform(clone, resolve(file)));
  const terminal = terminalOf(io, { json });
  if (json) terminal.data(jsonText(accounts));
  else for (const line of accountTable(accounts)) terminal.out(line);
}

async function show(io: Io, clone: Clone, name: string, { file, json, assembly }: ShowOptions): Promise<void> {
  const account = namedAccount(await readPlatform(clone, resolve(file)), name);
  const deployed = assembly === undefined ? undefined : deployedIn(resolve(assembly), account.id);
  const terminal = terminalOf(io, { json });
  if (json) terminal.data(jsonText({ ...account, ...(deployed && { deployed }) }));
  else for (const line of accountLines(account, deployed)) terminal.out(line);
}
