import type { DescribeExecutionCommandOutput, DescribeMapRunCommandOutput } from '@aws-sdk/client-sfn';
import { duration } from '../duration.ts';
import type { Terminal } from '../terminal.ts';
import { type Followed, hasEnded } from './follow.ts';

type Colors = Terminal['colors'];

/** Where a run stands, as one line. */
export const progressLine = ({ stages }: Followed): string =>
  stages
    .flatMap(({ stage, execution, mapRuns }) => [
      execution ? `${stage} ${execution.status ?? ''}` : `no ${stage} yet`,
      ...mapRuns.map(mapRunText),
    ])
    .join(', ');

/** How a run ended: the execution of each stage, its Map Runs, and the output of the entry. */
export function followedLines({ entry, stages }: Followed, colors: Colors): readonly string[] {
  const width = Math.max(...stages.map(({ stage }) => stage.length));
  return [
    ...stages.flatMap(({ stage, execution, mapRuns }) => [
      ...(execution ? [executionLine(stage.padEnd(width), execution, colors)] : []),
      ...mapRuns.map((mapRun) => `  ${mapRunText(mapRun)}`),
    ]),
    ...(entry.error === undefined ? [] : ['', `${colors.red(entry.error)}: ${entry.cause ?? 'no cause was given'}`]),
    ...(entry.output === undefined ? [] : ['', JSON.stringify(JSON.parse(entry.output), null, 2)]),
  ];
}

function executionLine(stage: string, execution: DescribeExecutionCommandOutput, colors: Colors): string {
  const { executionArn, status = '', startDate, stopDate } = execution;
  const took = startDate && stopDate ? ` after ${duration(stopDate.getTime() - startDate.getTime())}` : '';
  const color = status === 'SUCCEEDED' ? colors.green : hasEnded(execution) ? colors.red : colors.yellow;
  return `${stage} ${executionArn ?? ''}  ${color(status)}${took}`;
}

function mapRunText({ itemCounts: items, executionCounts: batches }: DescribeMapRunCommandOutput): string {
  const done = `${items?.succeeded ?? 0} of ${items?.total ?? 0} items`;
  const failed = (items?.failed ?? 0) + (items?.timedOut ?? 0);
  return `map run: ${done} in ${batches?.total ?? 0} batches${failed > 0 ? `, ${failed} failed` : ''}`;
}
