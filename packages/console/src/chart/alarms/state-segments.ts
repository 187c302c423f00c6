import type { AlarmModel, AlarmState } from '../../models/alarms.ts';

/** Part of time in which an alarm was in one state; milliseconds since the epoch. */
export interface StateSegment {
  readonly state: AlarmState;
  readonly from: number;
  readonly to: number;
}

/** States of an alarm in a range, without holes from its creation on. */
export function stateSegments(alarm: Pick<AlarmModel, 'createdAt' | 'history'>, from: number, to: number) {
  const { createdAt, history } = alarm;
  const changes: readonly (readonly [at: number, state: AlarmState])[] = [
    [Math.min(createdAt, history[0]?.at ?? createdAt), 'INSUFFICIENT_DATA'],
    ...history.flatMap((event) => (event.kind === 'state' ? [[event.at, event.to] as const] : [])),
  ];
  return changes.flatMap(([at, state], index): readonly StateSegment[] => {
    const start = Math.max(from, at);
    const end = Math.min(to, changes[index + 1]?.[0] ?? to);
    return start < end || (start === to && index === changes.length - 1) ? [{ state, from: start, to: end }] : [];
  });
}
