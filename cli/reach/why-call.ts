import { matchesWildcard } from '@crosswind/iam/wildcard';
import type { DecidedCall } from '../../policies/reach/reach.ts';
import type { Terminal } from '../terminal.ts';
import { countOf } from '../count.ts';
import { causeLines } from './present.ts';
import { type ReportedCall, reportedCall } from './reach-report.ts';

/** `npx crosswind reach --why <action> <arn> --json`. */
export interface WhyReport {
  readonly action: string;
  readonly resource: string;
  /** Every planned call of the action on the resource, each with the decision and the statements that make it. */
  readonly calls: readonly ReportedCall[];
}

/** The planned calls that ask for an action on a resource. `*` in either ARN stands for any text. */
export function whyCall(calls: readonly DecidedCall[], action: string, resource: string): WhyReport {
  const asked = action.toLowerCase();
  const asking = calls.filter(
    (call) =>
      call.action.toLowerCase() === asked &&
      (matchesWildcard(call.resource, resource) || matchesWildcard(resource, call.resource)),
  );
  return { action, resource, calls: asking.map(reportedCall) };
}

export function whyLines({ action, resource, calls }: WhyReport, colors: Terminal['colors']): readonly string[] {
  const mark = ({ decision }: ReportedCall): string => {
    if (decision.allowed) return colors.green('ALLOWED');
    return decision.kind === 'undecidable' ? colors.yellow('UNDECIDABLE') : colors.red('DENIED');
  };
  const lines = calls.flatMap((call) => [
    `${mark(call)} ${call.principal}: ${call.action} on ${call.resource}`,
    `   ${call.decision.reason}`,
    ...causeLines(call),
  ]);
  if (calls.length > 0) return [...lines, `${countOf(calls.length, 'planned call')} of ${action} on ${resource}`];
  return [
    `no planned call asks for ${action} on ${resource}; who could anyway: npx crosswind reach --ask ${action} ${resource}`,
  ];
}
