import { Command } from 'commander';
import { readCases } from '@crosswind/workflow/cases/read-cases';
import { reportText, runCase } from '@crosswind/workflow/cases/run-case';
import type { CaseReport } from '@crosswind/workflow/cases/run-case';
import { readCaseFile } from '../case-file.ts';
import type { Io } from '../io.ts';
import { writeFileOf } from '../output-file.ts';

interface AslOptions {
  readonly cases: string;
  readonly report: string;
}

const help = `
The file is [{name, type, definition, input, mocks}]; other keys are left alone. type is STANDARD or
EXPRESS, STANDARD when it is left out. input is {} when it is left out, and a string that holds an object, an array or a string is taken as its text. No account, no
network; time is virtual.

mocks is {state: [{output} | {error, cause}, ...]}. A Task takes one answer for each attempt, and
the last one again and again when there are no more. A Distributed Map that reads from S3 or writes
to it takes its whole result in the same way, or [{items: [...]}] in place of what it reads: then its
children run, and their results are its output; an activity, and a Task that waits for its token, what
comes back. States.Timeout and States.HeartbeatTimeout let the Task's own timer go off.

The report is [{name, status, output, error, cause, events}]: status as DescribeExecution says it, or
REFUSED when the sandbox cannot run the case, with the reason as cause. The same file gives the same
report.

Exit codes: 0 report written, whatever is in it; 1 the file is wrong, each problem as file:line:column,
or the report cannot be written.`;

/** `crosswind asl`: runs state machines of any kind over mocks, and says what AWS would. */
export function aslCommand(io: Io): Command {
  return new Command('asl')
    .description('run state machine definitions over mocks, and write what comes of them')
    .requiredOption('--cases <file>', 'definitions with inputs and mocks, as JSON')
    .requiredOption('--report <file>', 'where to write the outcomes and histories, as JSON')
    .addHelpText('after', help)
    .action((options: AslOptions) => runCases(io, options));
}

async function runCases({ stdout }: Io, { cases: file, report: target }: AslOptions): Promise<void> {
  const reports: CaseReport[] = [];
  for (const each of await readCaseFile(file, readCases)) reports.push(await runCase(each));
  await writeFileOf('--report', target, reportText(reports));
  const refused = reports.filter(({ status }) => status === 'REFUSED').length;
  stdout.write(`${reports.length} cases run, ${refused} of them refused: ${target}\n`);
}
