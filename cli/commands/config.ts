import { resolve } from 'node:path';
import { Command } from 'commander';
import { platformJsonSchema } from '../../config/json-schema.ts';
import { WrongInput } from '../failure.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Io } from '../io.ts';
import { writeFileOf } from '../output-file.ts';
import { planOf } from '../platform/plan.ts';
import { planLines } from '../platform/present.ts';
import { contractsOf, loadPlatform, problemLines } from '../read-platform.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface ConfigOptions {
  readonly json: boolean;
  readonly schema: boolean;
  readonly out?: string;
}

/** `crosswind config`: everything that is wrong with the file, or what it deploys. */
export function configCommand(io: Io, clone: Clone): Command {
  return new Command('config')
    .description('check platform.yaml and print what it deploys, or everything that is wrong with it')
    .argument('[file]', 'the file to check (default: platform.yaml)')
    .option('--json', 'print plan or problems as JSON, and nothing else, on standard output', false)
    .option('--schema', 'print the JSON schema that editors read, and check nothing', false)
    .option('--out <file>', 'write that schema to a file')
    .addHelpText('after', '\nExit codes: 0 valid, 1 problems, each as file:line:column.')
    .action(async (file: string | undefined, options: ConfigOptions) => {
      if (options.schema) await printSchema(io, clone, options);
      else await checkConfig(io, clone, file ?? resolve(clone.root, 'platform.yaml'), options);
    });
}

async function printSchema(io: Io, clone: Clone, { out }: ConfigOptions): Promise<void> {
  const schema = platformJsonSchema(await contractsOf(clone));
  if (out === undefined) io.stdout.write(schema);
  else await writeFileOf('--out', out, schema);
}

async function checkConfig(io: Io, clone: Clone, path: string, { json }: ConfigOptions): Promise<void> {
  const terminal = terminalOf(io, { json });
  const { file, parsed } = await loadPlatform(clone, resolve(path));
  if (!parsed.ok) {
    const problems = parsed.problems.map((problem) => ({ file, ...problem }));
    if (json) terminal.data(jsonText({ ok: false, problems }));
    throw new WrongInput(problemLines(file, parsed.problems).join('\n'));
  }
  const plan = planOf(parsed.platform);
  if (json) {
    terminal.data(jsonText({ ok: true, plan }));
    return;
  }
  for (const line of [`${terminal.colors.green('valid')} ${file}`, '', ...planLines(plan, terminal.colors)])
    terminal.out(line);
}
