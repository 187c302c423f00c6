import { freshDays } from './freshness.ts';
import { fleetQueries } from './fleet-signals.ts';
import { type NamedSignal, runbookUrl } from './named-signal.ts';
import type { Severity } from './observability-names.ts';
import type { Signal } from './signal.ts';

export interface FirstLookProps {
  readonly tenant: string;
  readonly alarms: readonly NamedSignal[];
  /** Address of the branch that is deployed. */
  readonly branchUrl: string;
}

/** Text at the top of a tenant's dashboard: what to look at, in which order, and the runbook of each alarm. */
export function firstLook({ tenant, alarms, branchUrl }: FirstLookProps): string {
  const fleet = fleetQueries.map(({ id, severity, runbook }) => ({
    ...{ id, severity },
    url: runbookUrl(branchUrl, { runbook }),
  }));
  const all = [...alarms.map(({ signal, runbookUrl: url }) => ({ ...linkOf(signal), url })), ...fleet];
  return [
    `# ${tenant}: what to look at first`,
    `1. **Alarms** in ALARM come first below. A page needs somebody now: ${links(all, 'page')}. A ticket waits for the morning: ${links(all, 'ticket')}. Each is drawn as a line over the metric that it watches: red for a page, orange for a ticket.`,
    `1. **Results too old?** "Hours since a run succeeded" counts in whole hours. ${24 * freshDays} means that nothing has succeeded in ${freshDays} days. If runs start and none succeeds, look at the executions. If none starts, look at the schedule.`,
    '1. **Failed, timed out or aborted?** Look at the child before the parent: a parent fails with its child.',
    '1. **Slow, and no error?** Look at the account: state transitions that are throttled, Map Runs in the backlog and Lambda concurrency delay a run and fail nothing.',
    '1. **Running, and no end?** An execution that waits for one that has ended raises `stuck-parents`, one that is past half of its timeout `old-executions`.',
    '',
    'The template of the platform writes this dashboard: a change in the console is lost with the next push. `crosswind-fleet` shows all accounts.',
  ].join('\n');
}

interface Link {
  readonly id: string;
  readonly severity: Severity;
  readonly url: string;
}

const linkOf = ({ id, severity }: Signal): Omit<Link, 'url'> => ({ id, severity });

/** Links to runbooks, one for each kind of alarm. */
const links = (all: readonly Link[], wanted: Severity): string =>
  [...new Set(all.filter(({ severity }) => severity === wanted).map(({ id, url }) => `[${id}](${url})`))].join(', ');
