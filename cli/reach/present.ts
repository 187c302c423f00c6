import { grouped } from '../../policies/reach/grouped.ts';
import { count, countOf } from '../count.ts';
import type { Terminal } from '../terminal.ts';
import type { ReachReport, ReportedCall } from './reach-report.ts';

/** The report as lines: what is wrong first, then the counts. */
export function reachLines(
  { machines, tasks, calls, deployments, denied, undecidable, unneeded, waived, waivers }: ReachReport,
  colors: Terminal['colors'],
): readonly string[] {
  const deploying = deployments.reduce((sum, { calls: made }) => sum + made, 0);
  const counts = `${countOf(machines, 'state machine')}, ${countOf(tasks, 'state')} that call, ${countOf(calls.length, 'call')} and ${count(deploying)} of CloudFormation`;
  const wrong = `${denied.length} denied, ${undecidable.length} undecidable, ${countOf(unneeded.length, 'permission')} that no call needs, ${waived.length} waived`;
  return [
    ...denied.flatMap((call) => markedLines(colors.red('DENIED'), call)),
    ...undecidable.flatMap((call) => markedLines(colors.yellow('UNDECIDABLE'), call)),
    ...[...grouped(unneeded, ({ holder }) => holder)].flatMap(([holder, permissions]) => [
      `${colors.yellow('UNNEEDED')} ${holder}`,
      ...permissions.map(({ action, resource }) => `   ${action}${resource === '' ? '' : ` on ${resource}`}`),
    ]),
    ...waivers.flatMap(({ rule, message, fix }) => [`${colors.yellow(rule)} ${message}`, `   fix: ${fix}`]),
    `${counts}: ${wrong}`,
  ];
}

const markedLines = (mark: string, call: ReportedCall): readonly string[] => [
  `${mark} ${call.decision.reason}`,
  ...causeLines(call),
];

/** The cause of a call, and what would fix it. */
export function causeLines({ by, decision }: ReportedCall): readonly string[] {
  const fixes = decision.allowed ? [] : decision.fixes;
  return [
    `   called by ${by}`,
    ...fixes.map(
      ({ document, of, statement }) => `   fix: add to the ${document} of ${of}: ${JSON.stringify(statement)}`,
    ),
  ];
}
