import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { WrongInput } from '../failure.ts';
import { type Io, widthOf } from '../io.ts';
import { readRunRecord } from '../run-record/read-run-record.ts';
import { runRecordName } from '../run-record/run-record.ts';
import { jsonText, type Terminal, terminalOf } from '../terminal.ts';
import { askedArn, type AskedArn } from '../why/asked-execution.ts';
import type { Evidence } from '../why/evidence.ts';
import { explain } from '../why/explain.ts';
import { explanationLines } from '../why/present.ts';
import { evidenceInRecord, executionInRecord } from '../why/sources/record.ts';

interface WhyOptions {
  readonly file: string;
  readonly out: string;
  readonly json: boolean;
}

/** `crosswind why`: says why a run is slow, stuck, throttled or failed. */
export function whyCommand(io: Io, clone: Clone): Command {
  return new Command('why')
    .description('say why a run is slow, stuck, throttled or failed, and what fixes it')
    .argument('<execution>', 'ARN of an execution, of a state machine (its last run), or last (of npm start)')
    .option('--out <dir>', 'where the last run wrote its record', 'out')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print claims, evidence and fixes as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        'An ARN that the record of the last run has is explained from there, unless AWS_ENDPOINT_URL is set. Any other is',
        "read on AWS, with credentials of the pipeline's account that may assume crosswind-<tenant>-runner in each account.",
        'AWS_ENDPOINT_URL names another place than AWS, such as a served sandbox. Nothing is changed anywhere.',
        '',
        'A claim that the evidence does not prove says so (`certain` in JSON): AWS shows no decisions about permissions.',
        '',
        '  npx crosswind why last',
        '  npx crosswind why arn:aws:states:us-east-1:333333333333:execution:crosswind-orders-parent:night --json',
        '',
        'Exit codes: 0 explained, 1 wrong input, 2 AWS could not be asked.',
      ].join('\n'),
    )
    .action((execution: string, options: WhyOptions) => why(io, clone, execution, options));
}

async function why(io: Io, clone: Clone, text: string, options: WhyOptions): Promise<void> {
  const asked = askedArn(text);
  const terminal = terminalOf(io, options);
  const explanation = explain(await evidenceOf(io, clone, asked, options, terminal));
  if (options.json) terminal.data(jsonText(explanation));
  else for (const line of explanationLines(explanation, terminal.colors, widthOf(io.stdout))) terminal.out(line);
}

async function evidenceOf(
  io: Io,
  clone: Clone,
  asked: AskedArn | 'last',
  options: WhyOptions,
  terminal: Terminal,
): Promise<Evidence> {
  const directory = resolve(options.out);
  if (asked === 'last') return evidenceInRecord(await readRunRecord(directory));
  const isServed = io.aws !== undefined || (process.env['AWS_ENDPOINT_URL'] ?? '') !== '';
  const inRecord = isServed ? undefined : await evidenceInLastRecord(asked, directory);
  if (inRecord) {
    terminal.note(`from the record of the last run, ${relative(process.cwd(), resolve(directory, runRecordName))}`);
    return inRecord;
  }
  const { evidenceOnAws } = await import('../why/sources/aws.ts');
  return evidenceOnAws({ io, clone, asked, file: resolve(options.file), terminal });
}

/** Evidence in the record of the last run, if that has the execution or the state machine. */
async function evidenceInLastRecord(asked: AskedArn, directory: string): Promise<Evidence | undefined> {
  const record = await readRunRecord(directory).catch((error: unknown) => {
    if (error instanceof WrongInput) return undefined;
    throw error;
  });
  if (!record) return undefined;
  if (asked.kind === 'execution') {
    const of = executionInRecord(record, asked.arn);
    return of === undefined ? undefined : evidenceInRecord(record, { of });
  }
  const isKnown = record.stages.some(({ stateMachineArn }) => stateMachineArn === asked.arn);
  return isKnown ? evidenceInRecord(record, { stateMachineArn: asked.arn }) : undefined;
}
