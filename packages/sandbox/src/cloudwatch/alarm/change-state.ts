import type { ServiceEvent } from '../../events/rules.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmState, StateUpdate } from './alarm-state.ts';
import { contributorEvent, stateEvent } from './alarm-events.ts';
import type { Contributor } from './contributor.ts';
import type { Evaluation } from './evaluate-alarm.ts';

/** A new state of an alarm, or of a contributor of it. */
export interface StateChange {
  readonly from: AlarmState;
  readonly to: StateUpdate;
  /** @default - the alarm itself */
  readonly contributor?: Contributor;
}

export interface ChangePorts {
  /** Notifies a topic of a new state. Returns the reason if it cannot. */
  readonly notify: (alarm: Alarm, topicArn: string, change: StateChange) => string | undefined;
  /** Sends an event to the rules of EventBridge. */
  readonly send: (event: ServiceEvent) => void;
}

/**
 * Changes the states of an alarm and its contributors as evaluated. Topics hear of each contributor; of the alarm itself
 * they hear only if no contributor has changed into the same state (assumed: AWS documents that topics are notified on
 * both levels, "Acting on alarm changes").
 */
export function changeStates(ports: ChangePorts, alarm: Alarm, { update, contributors, isPartial }: Evaluation): void {
  const becamePartial = isPartial && !alarm.isPartial;
  alarm.isPartial = isPartial;
  for (const { contributor, to } of contributors) {
    if (to.value === 'ALARM') alarm.contributors.set(contributor.id, contributor);
    else alarm.contributors.delete(contributor.id);
    alarm.history.push({ kind: 'contributor', at: to.at, contributor, to });
    ports.send(contributorEvent(alarm, contributor, to));
    act(ports, alarm, { from: to.value === 'ALARM' ? 'OK' : 'ALARM', to, contributor });
  }
  const areNotified = contributors.some(({ to }) => to.value === update?.value);
  if (update) changeState(ports, alarm, update, !areNotified);
  else if (becamePartial) ports.send(stateEvent(alarm, alarm.state));
}

/** Changes the state of an alarm and runs its actions. An unchanged state is no event and notifies no topic. */
export function changeState(ports: ChangePorts, alarm: Alarm, to: StateUpdate, acts = true): void {
  const from = alarm.state;
  if (from.value === to.value) return;
  alarm.state = to;
  alarm.history.push({ kind: 'state', at: to.at, from, to });
  ports.send(stateEvent(alarm, from));
  if (acts) act(ports, alarm, { from: from.value, to });
}

function act({ notify }: ChangePorts, alarm: Alarm, change: StateChange): void {
  if (!alarm.actionsEnabled) return;
  const { to, contributor } = change;
  for (const action of alarm.actions[to.value]) {
    const refused = notify(alarm, action, change);
    alarm.history.push({ kind: 'action', at: to.at, action, refused, ...(contributor && { contributor }) });
  }
}
