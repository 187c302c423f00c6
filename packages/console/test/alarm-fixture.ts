import type { AlarmEvent, AlarmModel, AlarmState } from '../src/models/alarms.ts';
import { start } from './stuck-run.ts';

const account = '222222222222';
const region = 'us-east-1';

/** A change of the state of an alarm, minutes after the start of the run. */
export const changed = (
  minutes: number,
  to: AlarmState,
  points: readonly (readonly [number, number])[] = [],
): AlarmEvent => ({
  ...{ kind: 'state', at: start + minutes * 60_000, to, points },
  reason: `Threshold Crossed: ${to}`,
});

/** An alarm that was deployed ten minutes before the run, and OK since. */
export function alarmOf(given: Partial<AlarmModel> & Pick<AlarmModel, 'name'>): AlarmModel {
  return {
    arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${given.name}`,
    ...{ account, region, watches: ['333333333333'], actionsEnabled: true, createdAt: start - 600_000 },
    description:
      '[page] an execution failed, so its results are missing. Runbook: https://github.com/o/p/blob/main/docs/runbooks/executions-failed.md',
    rule: {
      ...{ kind: 'metric', metric: 'AWS/States ExecutionsFailed, Sum', periodSeconds: 300, evaluationPeriods: 1 },
      ...{ datapointsToAlarm: 1, threshold: 1, missing: 'notBreaching' },
      comparison: 'greater than or equal to the threshold',
    },
    actions: { ALARM: [`arn:aws:sns:${region}:${account}:page`], OK: [], INSUFFICIENT_DATA: [] },
    history: [{ kind: 'created', at: start - 600_000 }, changed(-9, 'OK')],
    ...given,
  };
}
