import { Command } from 'commander';
import { workflowCommand } from '../../policies/annotations.ts';
import { summaryTable } from '../../policies/summary-table.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { distinct, findingsIn } from '../annotations/findings-file.ts';
import type { Io } from '../io.ts';
import { appendFileOf } from '../output-file.ts';

interface AnnotationsOptions {
  readonly summary?: string;
}

/** `crosswind annotations`, which shows what was found on the diff of a pull request. */
export function annotationsCommand(io: Io, clone: Clone): Command {
  return new Command('annotations')
    .description('print the findings of a synth or a check as annotations of GitHub Actions')
    .argument(
      '[reports...]',
      'validation reports that synth wrote, and outputs of crosswind check --json; a finding of two files is printed once (default: cdk.out/validation-report.json)',
    )
    .option('--summary <file>', 'append a table of them to this file, for example $GITHUB_STEP_SUMMARY')
    .addHelpText(
      'after',
      '\nExit codes: 0 printed, however many there are; 1 there is no report, or the summary cannot be written.',
    )
    .action((reports: readonly string[], options: AnnotationsOptions) => annotate(io, clone, reports, options));
}

async function annotate(
  io: Io,
  clone: Clone,
  reports: readonly string[],
  { summary }: AnnotationsOptions,
): Promise<void> {
  const files = reports.length === 0 ? ['cdk.out/validation-report.json'] : reports;
  const found = await Promise.all(files.map((file) => findingsIn(file, clone.root)));
  const annotations = distinct(found);
  for (const annotation of annotations) io.stdout.write(`${workflowCommand(annotation)}\n`);
  if (summary === undefined) return;
  const table = summaryTable(
    found.flatMap(({ judges }) => judges),
    annotations,
  );
  await appendFileOf('--summary', summary, table);
}
