import type { DescribeExecutionCommandOutput, DescribeMapRunCommandOutput } from '@aws-sdk/client-sfn';
import { duration } from '../duration.ts';
import type { Terminal } from '../terminal.ts';
import { type Followed, hasEnded } from './follow.ts';

type Colors = Terminal['colors'];

/** Where a run stands, as one line. */
export function progressLine({ parent, child, mapRuns }: Followed): string {
  const parts = [`parent ${parent.status ?? ''}`, child ? `child ${child.status ?? ''}` : 'no child yet'];
  return [...parts, ...mapRuns.map(mapRunText)].join(', ');
}

/** How a run ended: both executions, the Map Runs between them, and the parent's output. */
export function followedLines({ parent, child, mapRuns }: Followed, colors: Colors): readonly string[] {
  return [
    executionLine('parent', parent, colors),
    ...(child ? [executionLine('child ', child, colors)] : []),
    ...mapRuns.map((mapRun) => `  ${mapRunText(mapRun)}`),
    ...(parent.error === undefined ? [] : ['', `${colors.red(parent.error)}: ${parent.cause ?? 'no cause was given'}`]),
    ...(parent.output === undefined ? [] : ['', JSON.stringify(JSON.parse(parent.output), null, 2)]),
  ];
}

function executionLine(role: string, execution: DescribeExecutionCommandOutput, colors: Colors): string {
  const { executionArn, status = '', startDate, stopDate } = execution;
  const took = startDate && stopDate ? ` after ${duration(stopDate.getTime() - startDate.getTime())}` : '';
  const color = status === 'SUCCEEDED' ? colors.green : hasEnded(execution) ? colors.red : colors.yellow;
  return `${role} ${executionArn ?? ''}  ${color(status)}${took}`;
}

function mapRunText({ itemCounts: items, executionCounts: batches }: DescribeMapRunCommandOutput): string {
  const done = `${items?.succeeded ?? 0} of ${items?.total ?? 0} items`;
  const failed = (items?.failed ?? 0) + (items?.timedOut ?? 0);
  return `map run: ${done} in ${batches?.total ?? 0} batches${failed > 0 ? `, ${failed} failed` : ''}`;
}
