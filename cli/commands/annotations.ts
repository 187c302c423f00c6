import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { messageOf } from '@crosswind/aws/problem';
import { annotationsOf, workflowCommand } from '../../policies/annotations.ts';
import { summaryTable } from '../../policies/summary-table.ts';
import { type ValidationReport, parseValidationReport } from '../../policies/validation-report.ts';
import { WrongInput } from '../failure.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Io } from '../io.ts';
import { appendFileOf } from '../output-file.ts';

interface AnnotationsOptions {
  readonly summary?: string;
}

/** `crosswind annotations`, which shows what synth found on the diff of a pull request. */
export function annotationsCommand(io: Io, clone: Clone): Command {
  return new Command('annotations')
    .description('print the findings of a synth as annotations of GitHub Actions')
    .argument('[report]', 'validation report that synth wrote', 'cdk.out/validation-report.json')
    .option('--summary <file>', 'append a table of them to this file, for example $GITHUB_STEP_SUMMARY')
    .addHelpText(
      'after',
      '\nExit codes: 0 printed, however many there are; 1 there is no report, or the summary cannot be written.',
    )
    .action((report: string, options: AnnotationsOptions) => annotate(io, clone, report, options));
}

async function annotate(io: Io, clone: Clone, file: string, { summary }: AnnotationsOptions): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongInput(
      `there is no validation report ${file}: cdk synth writes one when it gets as far as a template`,
    );
  });
  const report = reportIn(file, text);
  const annotations = annotationsOf(report, clone.root);
  for (const annotation of annotations) io.stdout.write(`${workflowCommand(annotation)}\n`);
  if (summary !== undefined) await appendFileOf('--summary', summary, summaryTable(report, annotations));
}

function reportIn(file: string, text: string): ValidationReport {
  try {
    return parseValidationReport(text);
  } catch (error) {
    const reason = messageOf(error).replaceAll(/\s+/g, ' ');
    throw new WrongInput(`${file}: expected a validation report that cdk synth wrote, got another text: ${reason}`);
  }
}
