import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { artifactBytesOf } from '../../policies/evidence/artifact-bytes.ts';
import { Findings } from '../failure.ts';
import type { Io } from '../io.ts';
import { assemblyAt } from '../platform/deployed-in.ts';
import { inSynthesized } from '../platform/in-synthesized.ts';
import { baselineStacks } from '../quotas/baseline-stacks.ts';
import { quotaLines } from '../quotas/present.ts';
import { type QuotaUse, quotaUses } from '../quotas/quota-use.ts';
import { readPlatform } from '../read-platform.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface QuotasOptions {
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
}

/** `crosswind quotas`: how close the platform is to the limits of AWS that are known before it is deployed. */
export function quotasCommand(io: Io, clone: Clone): Command {
  return new Command('quotas')
    .description('print every limit of AWS that is known at synth: what the platform uses of it, and what is left')
    .option('--assembly <dir>', 'measure this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print them as JSON', false)
    .addHelpText(
      'after',
      [
        '',
        'Each row is the part of the platform that is closest to the limit; the row that is closest of all comes first.',
        'From 80 % on a row is marked "near". A platform above a limit does not pass `cdk synth` (rule LIMIT-1); it is',
        'measured here all the same. Limits of one come last: one of one is by design and never grows. The baseline counts',
        'in every account, without its fixed names. Quotas that only an account knows, such as the concurrency of Lambda,',
        'are not here.',
        '',
        'Exit codes: 0 everything fits, 1 wrong input or a limit is passed, 2 the synthesis failed.',
      ].join('\n'),
    )
    .action((options: QuotasOptions) => printQuotas(io, clone, options));
}

async function printQuotas(io: Io, clone: Clone, { assembly, file, json }: QuotasOptions): Promise<void> {
  const terminal = terminalOf(io, { json });
  const platform = await readPlatform(clone, resolve(file));
  const accountNames = new Map<string, string>(platform.accounts.map(({ id, name }) => [id, name]));
  const measured = (directory: string): readonly QuotaUse[] => {
    terminal.progress('reading the assembly');
    const stacks = [...assemblyAt(directory), ...baselineStacks(platform, directory)];
    terminal.progress(`measuring ${stacks.length} stacks`);
    return quotaUses(stacks, { accountNames, artifactBytes: artifactBytesOf(directory) });
  };
  const uses =
    assembly === undefined ? await inSynthesized({ io, clone, file, terminal }, measured) : measured(resolve(assembly));
  if (json) terminal.data(jsonText({ limits: uses }));
  else for (const line of quotaLines(uses, terminal.colors)) terminal.out(line);
  const over = uses.filter(({ state }) => state === 'over').map(({ what }) => what);
  if (over.length > 0) throw new Findings(`above the limits of AWS: ${over.join(', ')}`);
}
