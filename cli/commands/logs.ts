import { resolve } from 'node:path';
import { Command } from 'commander';
import { InvalidPattern, parseFilterPattern } from '@crosswind/sandbox/sandbox';
import { nearest } from '../../config/nearest.ts';
import { WrongInput } from '../failure.ts';
import type { Io } from '../io.ts';
import { chosenExecutions } from '../logs/chosen-executions.ts';
import { chosenGroups, type LogSelection, logLines, type ShownLine } from '../logs/log-lines.ts';
import { lineText } from '../logs/present.ts';
import { sinceOf } from '../logs/since.ts';
import { readRunRecord } from '../run-record/read-run-record.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import { type Terminal, terminalOf } from '../terminal.ts';

interface LogsOptions {
  readonly tenant?: string;
  readonly execution: string;
  readonly stage?: string;
  readonly filter: string;
  readonly since?: string;
  readonly out: string;
  readonly json: boolean;
}

/** `crosswind logs`: the logs of a run in the sandbox, after its process has ended. */
export function logsCommand(io: Io): Command {
  return new Command('logs')
    .description('print the logs of functions and state machines of the last `npm start`, in time order')
    .option('--tenant <name>', 'refuse the record of another tenant')
    .option('--execution <arn>', 'its lines, and those of the executions that it started; or last, or all', 'last')
    .option('--stage <name>', 'lines of this stage only')
    .option('--filter <pattern>', 'lines that match a filter pattern of CloudWatch Logs', '')
    .option(
      '--since <time>',
      'lines from then on: 30s, 10m, 2h, 1d or 1w before the end of the run, or a time in ISO 8601',
    )
    .option('--out <dir>', 'the directory that the run wrote to', 'out')
    .option('--json', 'print the lines as JSON', false)
    .addHelpText(
      'after',
      [
        '',
        'Times are virtual. Each line has the account, the state machine or the log group of the function, and the message.',
        'Functions do not know for which execution they run: their lines count while one of their stage runs.',
        '--execution all prints everything that the record has: samples of the pipeline, other tenants and the probe, too.',
        'A record keeps the newest 10,000 lines of a log group; what is cut is said on standard error.',
        '',
        '  npx crosswind logs --filter ERROR',
        '  npx crosswind logs --stage child --since 1m',
        '  npx crosswind logs --filter \'{ $.type = "TaskFailed" }\'',
        '',
        'Exit codes: 0 printed, 1 wrong input.',
      ].join('\n'),
    )
    .action((options: LogsOptions) => printLogs(io, options));
}

async function printLogs(io: Io, options: LogsOptions): Promise<void> {
  const matches = matcherOf(options.filter);
  const record = await readRunRecord(resolve(options.out));
  checkTenant(record, options.tenant);
  const selection: LogSelection = {
    executions: options.execution === 'all' ? undefined : chosenExecutions(record, options.execution),
    stage: stageIn(record, options.stage),
    since: options.since === undefined ? -Infinity : sinceOf(options.since, record.at),
    matches,
  };
  const groups = chosenGroups(record, selection);
  const lines = logLines(record, groups, selection);
  const terminal = terminalOf(io, options);
  if (options.json) printJson(record, selection, lines, terminal);
  else {
    const text = lineText(record, groups, terminal.colors);
    let count = 0;
    for (const line of lines) {
      terminal.out(text(line));
      count += 1;
    }
    if (count === 0) terminal.note('no line matches');
  }
  for (const cut of cutsOfLogs(record)) terminal.note(`cut: ${cut}`);
}

/** Prints one document, a line at a time. */
function printJson(
  record: RunRecord,
  { executions }: LogSelection,
  lines: Iterable<ShownLine>,
  terminal: Terminal,
): void {
  const { tenant, wave, accounts } = record;
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const head = {
    simulated: true,
    tenant,
    wave,
    executions: executions?.map(({ arn }) => arn) ?? [],
    cut: cutsOfLogs(record),
  };
  terminal.data(`${JSON.stringify(head).slice(0, -1)},"events":[`);
  let separator = '\n';
  for (const { group, event } of lines) {
    const { name: logGroup, account, region, stage } = group;
    const shown = { ...event, logGroup, account, accountName: names.get(account) ?? null, region, stage };
    terminal.data(`${separator}${JSON.stringify(shown)}`);
    separator = ',\n';
  }
  terminal.data('\n]}\n');
}

const cutsOfLogs = ({ cut }: RunRecord): readonly string[] => cut.filter((sentence) => sentence.includes('log group'));

function matcherOf(pattern: string): (message: string) => boolean {
  try {
    return parseFilterPattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new WrongInput(`--filter: ${error.message}`);
  }
}

function checkTenant({ tenant }: RunRecord, asked: string | undefined): void {
  if (asked === undefined || asked === tenant) return;
  throw new WrongInput(
    `--tenant: the record is of the tenant ${tenant}, got ${asked}; \`npm start -- --tenant ${asked}\` writes one of it`,
  );
}

function stageIn({ stages }: RunRecord, asked: string | undefined): string | undefined {
  const names = stages.map(({ name }) => name);
  if (asked === undefined || names.includes(asked)) return asked;
  const meant = nearest(asked, names);
  const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  throw new WrongInput(`--stage: expected one of ${names.join(', ')}, got ${asked}${hint}`);
}
