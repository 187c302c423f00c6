import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { baseSide, isAssembly } from '../base/side.ts';
import { versionOf } from '../../policies/clone-facts.ts';
import { Findings, WrongInput } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { prepareDirectory, writeFileOf } from '../output-file.ts';
import { type PlannedSides, wholePlan } from '../plan/whole-plan.ts';
import { headSide } from '../plan/head-side.ts';
import { markdownOf } from '../plan/present/markdown.ts';
import { presentation } from '../plan/present/presentation.ts';
import { terminalLines } from '../plan/present/terminal.ts';
import { type Plan, planJsonSchema } from '../plan/schema/plan-schema.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface PlanOptions {
  readonly base?: string;
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly out?: string;
  readonly schema: boolean;
}

/** `crosswind plan`: what a change will do to every account, by its meaning. */
export function planCommand(io: Io, clone: Clone): Command {
  return new Command('plan')
    .description('print what a change will do to every account, without credentials')
    .option('--base <ref or dir>', 'git ref or cloud assembly that the change is compared with')
    .option('--assembly <dir>', 'the cloud assembly of the change, instead of synthesizing this clone')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print the plan as JSON', false)
    .option('--markdown', 'print it as the comment of a pull request', false)
    .option('--out <dir>', 'also write plan.json and plan.md into this directory')
    .option('--schema', 'print the JSON schema of plan.json, and nothing else', false)
    .addHelpText(
      'after',
      [
        '',
        'A git ref is checked out apart and synthesized with the packages of its own lock file; both are kept for the next',
        'time. A change that deletes or replaces what holds data is a stop, and fails unless `allowances` of platform.yaml',
        'names the resource with a reason and a day. docs/plan.md describes the sections, docs/plan.schema.json the JSON.',
        '',
        'Exit codes: 0 nothing stops the change, 1 wrong input or a stop without an allowance, 2 a synthesis failed.',
      ].join('\n'),
    )
    .action((options: PlanOptions) => printPlan(io, clone, options));
}

async function printPlan(io: Io, clone: Clone, options: PlanOptions): Promise<void> {
  const { base, assembly, file, json, markdown, out, schema } = options;
  if (schema) {
    terminalOf(io, { json: true }).data(planJsonSchema());
    return;
  }
  if (base === undefined) {
    throw new WrongInput('--base is missing: name a git ref such as origin/main, or the output of `npx cdk synth`');
  }
  if (json && markdown)
    throw new WrongInput('--json and --markdown are two outputs: give one of them, or --out for both');
  const terminal = terminalOf(io, { json: json || markdown });
  if (out !== undefined) await prepareOut(out);
  const now = new Date();
  const cleanUp = onInterrupt(io);
  try {
    const props = { clone, terminal, cleanUp, file: resolve(file) };
    const after = await headSide(assembly === undefined ? undefined : resolve(assembly), props);
    const before = { ...(await baseSide(isAssembly(base) ? resolve(base) : base, props)), name: base };
    const sides: PlannedSides = { before, after };
    const plan = await wholePlan(sides, { clone, terminal, signal: cleanUp.signal, now, version: versionOf(clone) });
    const { title, sections } = presentation(plan, before.platform, after.platform, now);
    const text = markdownOf(title, sections);
    if (out !== undefined) {
      await writeFileOf('--out', join(out, planFiles.json), jsonText(plan));
      await writeFileOf('--out', join(out, planFiles.markdown), text);
    }
    if (json) terminal.data(jsonText(plan));
    else if (markdown) terminal.data(text);
    else for (const line of terminalLines(title, sections, terminal.colors)) terminal.out(line);
    failOnStops(plan);
  } finally {
    await cleanUp.now();
  }
}

const planFiles = { json: 'plan.json', markdown: 'plan.md' };

/** Makes the directory, without the plan of another change: a plan that fails leaves none. */
async function prepareOut(out: string): Promise<void> {
  await prepareDirectory('--out', out);
  for (const name of Object.values(planFiles)) await rm(join(out, name), { force: true });
}

function failOnStops({ stops }: Plan): void {
  const open = stops.filter(({ allowance }) => !allowance);
  if (open.length === 0) return;
  const resources = open.flatMap(({ allow }) => allow).join(', ');
  throw new Findings(
    `the change deletes or replaces what holds data, and platform.yaml does not allow it: ${resources}; keep the resource, or add the allowance that the plan prints`,
  );
}
