import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { type Clone, workloadFolder } from '../../blocks/discover-workloads.ts';
import { listed, nearest } from '../../config/nearest.ts';
import { withPlacement, withoutTenant } from '../../onboarding/tenant-edits.ts';
import { WrongInput } from '../failure.ts';
import type { Io } from '../io.ts';
import { collect } from '../options.ts';
import { editPlatform } from '../platform/edit-platform.ts';
import { printEdit } from '../platform/print-edit.ts';
import type { Platform } from '../../config/schema.ts';
import { type ValidPlatform, loadValidPlatform, readPlatform } from '../read-platform.ts';
import { loadForRemoval } from '../tenant/load-for-removal.ts';
import { newWorkload } from '../tenant/new-workload.ts';
import { type PlacementOptions, placementOf } from '../tenant/placement.ts';
import { listedTenants, namedTenant, tenantLines, tenantTable } from '../tenant/tenants.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface FileOptions {
  readonly file: string;
  readonly json: boolean;
}

interface EditOptions extends FileOptions {
  readonly dryRun: boolean;
}

interface AddOptions extends EditOptions, PlacementOptions {
  readonly workload?: string;
  readonly set: readonly string[];
}

/** `crosswind tenant`: the tenants of platform.yaml, edited in place, and new workloads. */
export function tenantCommand(io: Io, clone: Clone): Command {
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
  const place = (name: string, description: string): Command =>
    edit(name, description)
      .option('--owner <team>', 'the team that owns the tenant (default: <name>-team)')
      .option('--wave <wave>', 'where it runs (default: the first wave)')
      .option('--new-wave', 'add that wave as the last one', false)
      .option(
        '--accounts <stage=account,...>',
        'an account for each stage (default: those that other tenants of the wave run in, then unused ones)',
      );
  return new Command('tenant')
    .description('make a workload; add, list, show or remove tenants in platform.yaml, where comments and order stay')
    .addCommand(
      place('new', 'write a small workload to services/<workload>/, with a tenant of its name')
        .argument('<workload>', '1 to 30 lower-case letters, digits or hyphens')
        .action((name: string, options: EditOptions & PlacementOptions) => make(io, clone, name, options)),
    )
    .addCommand(
      place('add', 'add a tenant of a workload that exists, or place one in another wave')
        .argument('<name>', 'what the rest of the file calls it')
        .option('--workload <workload>', 'a folder of services/ (default: the one of that name)')
        .option('--set <setting=value>', 'a setting in that wave (repeatable)', collect, [])
        .action((name: string, options: AddOptions) => add(io, clone, name, options)),
    )
    .addCommand(
      read('list', 'list the tenants and where they run').action((options: FileOptions) => list(io, clone, options)),
    )
    .addCommand(
      read('show', 'show one tenant, wave by wave')
        .argument('<name>')
        .action((name: string, options: FileOptions) => show(io, clone, name, options)),
    )
    .addCommand(
      edit('remove', 'remove a tenant, with the waves that then hold nothing')
        .argument('<name>')
        .option('--wave <wave>', 'remove it from this wave only')
        .action((name: string, options: EditOptions & { readonly wave?: string }) => remove(io, clone, name, options)),
    );
}

async function make(io: Io, clone: Clone, name: string, options: EditOptions & PlacementOptions): Promise<void> {
  const { file: path, json, dryRun } = options;
  const made = await newWorkload({ clone, name, path: resolve(path), dryRun, options });
  const { file, placement, files, consequences } = made;
  const accounts = [...placement.accounts].map(([stage, account]) => `${stage} in ${account}`).join(', ');
  printEdit(io, consequences, {
    json,
    dryRun,
    done: [
      `${dryRun ? 'would write' : 'wrote'} services/${name}, ${files.length} files`,
      `${dryRun ? 'would add' : 'added'} ${name} to ${file}: ${accounts} (wave ${placement.wave})`,
      `${dryRun ? 'would write' : 'wrote'} platform.schema.json, so that editors know its settings`,
    ],
    next: dryRun
      ? []
      : [
          'Try it:',
          `  npm start -- --tenant ${name}`,
          `  npm start -- --tenant ${name} --text "the more the merrier"`,
          `  npx vitest run --project template services/${name}`,
          '  npm run check',
          'Make it yours: docs/workloads.md',
        ],
    data: { ...placement, accounts: Object.fromEntries(placement.accounts), files },
  });
}

async function add(io: Io, clone: Clone, name: string, options: AddOptions): Promise<void> {
  const { file: path, json, dryRun } = options;
  const loaded = await loadValidPlatform(clone, resolve(path));
  const { platform } = loaded.parsed;
  const workload = workloadFor(loaded, name, options);
  const contract = loaded.contracts.get(workload);
  if (!contract) throw new WrongInput(noWorkload(workload, loaded));
  const placement = placementOf(platform, { ...options, tenant: name, workload, contract });
  const there = platform.tenants.find((tenant) => tenant.name === name);
  if (there?.waves[placement.wave]) {
    throw new WrongInput(`"${name}" is in wave "${placement.wave}" already: name another one with --wave`);
  }
  const edited = withPlacement(loaded.text, platform, placement);
  const result = await editPlatform(loaded, edited, { path: resolve(path), dryRun });
  printEdit(io, result, {
    json,
    dryRun,
    done: [`${dryRun ? 'would add' : 'added'} ${name} to ${loaded.file} (wave ${placement.wave})`],
    data: { ...placement, accounts: Object.fromEntries(placement.accounts) },
  });
}

/** The workload of a tenant: of one that is in the file, its own, which no option changes. */
function workloadFor(
  { file, parsed }: ValidPlatform,
  name: string,
  { workload, owner }: Pick<AddOptions, 'workload' | 'owner'>,
): string {
  const there = parsed.platform.tenants.find((tenant) => tenant.name === name);
  if (!there) return workload ?? name;
  for (const [option, said, is] of [
    ['--workload', workload, there.workload],
    ['--owner', owner, there.owner],
  ] as const) {
    if (said === undefined || said === is) continue;
    throw new WrongInput(
      `"${name}" is in ${file} with ${option.slice(2)} "${is}", got ${option} "${said}": leave it out`,
    );
  }
  return there.workload;
}

function noWorkload(workload: string, { contracts }: ValidPlatform): string {
  const meant = nearest(workload, contracts.keys());
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
  return `services/ has no workload "${workload}" (expected ${listed(contracts.keys())}${hint}): name one with --workload, or make it with \`npx crosswind tenant new\``;
}

async function remove(
  io: Io,
  clone: Clone,
  name: string,
  { file: path, json, dryRun, wave }: EditOptions & { readonly wave?: string },
): Promise<void> {
  const loaded = await loadForRemoval(clone, path);
  const { platform } = loaded.parsed;
  const { waves, workload } = namedTenant(platform, name);
  if (wave !== undefined && !waves.some((placed) => placed.wave === wave)) {
    throw new WrongInput(`"${name}" is not in wave "${wave}" (it is in ${listed(waves.map((placed) => placed.wave))})`);
  }
  const edited = withoutTenant(loaded.text, platform, name, wave);
  const result = await editPlatform(loaded, edited, { path: resolve(path), dryRun });
  const from = wave === undefined ? loaded.file : `wave ${wave} in ${loaded.file}`;
  const isLast = result.removed.some((line) => line.startsWith(`tenant ${name},`));
  const isUsed = platform.tenants.some((tenant) => tenant.name !== name && tenant.workload === workload);
  printEdit(io, result, {
    json,
    dryRun,
    done: [`${dryRun ? 'would remove' : 'removed'} ${name} from ${from}`],
    next: [...leaving(platform, name), ...(isLast && !isUsed ? afterLast(clone, workload) : [])],
  });
}

/** Next steps for the stacks of a tenant. One that was not announced leaves its schedule running, and alarms behind. */
function leaving(platform: Platform, name: string): readonly string[] {
  const isAnnounced = platform.tenants.some((tenant) => tenant.name === name && tenant.state === 'removed');
  return [
    ...(isAnnounced
      ? []
      : [
          `If ${name} is deployed, do not merge this yet: first a push with \`state: removed\`, which stops its schedule`,
        ]),
    'Its stacks stay on AWS: after the push, `npx crosswind orphans` prints the commands that delete them',
  ];
}

/** Next steps when no tenant uses a workload any more. */
const afterLast = (clone: Clone, workload: string): readonly string[] =>
  existsSync(workloadFolder(clone, workload))
    ? [`No tenant uses services/${workload} then; delete it, and run \`npm run schema\``]
    : ['Run `npm run schema`, so that editors know which workloads are left'];

async function list(io: Io, clone: Clone, { file, json }: FileOptions): Promise<void> {
  const tenants = listedTenants(await readPlatform(clone, resolve(file)));
  const terminal = terminalOf(io, { json });
  if (json) terminal.data(jsonText(tenants));
  else for (const line of tenantTable(tenants)) terminal.out(line);
}

async function show(io: Io, clone: Clone, name: string, { file, json }: FileOptions): Promise<void> {
  const tenant = namedTenant(await readPlatform(clone, resolve(file)), name);
  const terminal = terminalOf(io, { json });
  if (json) terminal.data(jsonText(tenant));
  else for (const line of tenantLines(tenant)) terminal.out(line);
}
