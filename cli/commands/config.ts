import { resolve } from 'node:path';
import { Command } from 'commander';
import { platformJsonSchema } from '../../config/json-schema.ts';
import { WrongInput } from '../failure.ts';
import { planOf } from '../platform/plan.ts';
import { planLines } from '../platform/present.ts';
import { loadPlatform, problemLines } from '../read-platform.ts';
import { processTerminal } from '../terminal.ts';

interface ConfigOptions {
  readonly json: boolean;
  readonly schema: boolean;
}

/** `crosswind config`: everything that is wrong with the file, or what it deploys. */
export function configCommand(root: string): Command {
  return new Command('config')
    .description('check platform.yaml and print what it deploys, or everything that is wrong with it')
    .argument('[file]', 'the file to check (default: platform.yaml)')
    .option('--json', 'print plan or problems as JSON, and nothing else, on standard output', false)
    .option('--schema', 'print the JSON schema that editors read, and check nothing', false)
    .addHelpText('after', '\nExit codes: 0 valid, 1 problems, each as file:line:column.')
    .action(async (file: string | undefined, options: ConfigOptions) => {
      if (options.schema) process.stdout.write(platformJsonSchema());
      else await checkConfig(file ?? resolve(root, 'platform.yaml'), options);
    });
}

async function checkConfig(path: string, { json }: ConfigOptions): Promise<void> {
  const { file, parsed } = await loadPlatform(resolve(path));
  if (!parsed.ok) {
    const problems = parsed.problems.map((problem) => ({ file, ...problem }));
    if (json) process.stdout.write(`${JSON.stringify({ ok: false, problems }, null, 2)}\n`);
    throw new WrongInput(problemLines(file, parsed.problems).join('\n'));
  }
  const plan = planOf(parsed.platform);
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: true, plan }, null, 2)}\n`);
    return;
  }
  const terminal = processTerminal({ json });
  for (const line of [`${terminal.colors.green('valid')} ${file}`, '', ...planLines(plan, terminal.colors)])
    terminal.out(line);
}
