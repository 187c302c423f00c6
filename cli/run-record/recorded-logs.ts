import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { stateMachineName } from '../../blocks/workflow/address.ts';
import type { Cuts } from './cuts.ts';
import { type RecordedLogGroup, recordLimits, type RunRecord } from './run-record.ts';

/** Log groups that have events, with the newest of them. */
export function recordedLogs(
  { logGroups, simulation }: Pick<Sandbox, 'logGroups' | 'simulation'>,
  tenant: string,
  stages: RunRecord['stages'],
  cuts: Cuts,
): RecordedLogGroup[] {
  return logGroups.under('arn:').flatMap((arn) => {
    const [, region = '', account = '', name = ''] =
      /^arn:[^:]+:logs:([^:]+):([^:]+):log-group:(.*):\*$/.exec(arn) ?? [];
    const events = logGroups.get(arn)?.events(simulation.now()) ?? [];
    if (events.length === 0) return [];
    const newest = cuts.newest(events, recordLimits.logEvents, `events of the log group ${name} of ${account}`);
    return {
      name,
      account,
      region,
      stage: stageOf({ name, account }, tenant, stages),
      events: newest.map(({ id, timestamp, ingestedAt, stream, message }) => ({
        id,
        at: timestamp,
        ingestedAt,
        stream,
        message: cuts.text(message(), `lines of the log group ${name} of ${account}`),
      })),
    };
  });
}

/**
 * Stage of a tenant that a log group belongs to. Groups of machines are named after the machine, those of functions after
 * the stack; both begin alike.
 */
export function stageOf(
  group: { readonly name: string; readonly account: string },
  tenant: string,
  stages: readonly { readonly name: string; readonly account: string }[],
): string | null {
  const own = group.name.replace(/^.*\//, '');
  const found = stages.find(({ name, account }) => {
    const start = stateMachineName({ tenant }, name);
    return account === group.account && (own === start || own.startsWith(`${start}-`));
  });
  return found?.name ?? null;
}
