import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import { liveProperties } from '../live-properties.ts';
import type { Observability, Watcher } from '../oam/observability.ts';
import type { ResourceHandler } from '../service.ts';
import type { Alarms } from './alarm/alarms.ts';
import { alarmsIn } from './alarm/composite-rule.ts';
import type { CreateAlarmPorts, Described } from './create-alarm.ts';

/**
 * Alarms of one kind. An alarm that changes keeps its state (API_PutMetricAlarm); one that a composite alarm names cannot
 * be deleted (API_DeleteAlarms).
 * @param describe refuses what CloudWatch refuses
 */
export function alarmHandler(
  ports: CreateAlarmPorts,
  describe: (ports: CreateAlarmPorts, resource: Resource, stack: Stack) => Described,
): ResourceHandler {
  const { alarms, observability, opaque } = ports;
  const note = (resource: Resource, stack: Stack, { alarm, unreached }: Described): void => {
    const { name, account, region, properties, createdAt } = alarm;
    const watcher = { name, account, region, properties, createdAt };
    observability.alarms = [...observability.alarms.filter(isNot(resource.name, stack)), watcher];
    for (const why of unreached) opaque.add(resource, stack, why);
  };
  return {
    create: (resource, stack) => {
      const described = describe(ports, resource, stack);
      if (alarms.get(stack, resource.name)) {
        throw new DeploymentRefused('AlreadyExists', `alarm ${resource.name} already exists`);
      }
      alarms.add(described.alarm);
      note(resource, stack, described);
    },
    update: (resource, _, stack) => {
      const described = describe(ports, resource, stack);
      if (!alarms.get(stack, resource.name)) {
        throw new DeploymentRefused('ResourceNotFound', `there is no alarm ${resource.name}`);
      }
      alarms.change(described.alarm);
      note(resource, stack, described);
    },
    delete: ({ name }, stack) => {
      const problem = dependingOn(alarms, name, stack);
      if (problem !== undefined) throw new DeploymentRefused('ValidationError', problem);
      deleteAlarm(alarms, observability, name, stack);
    },
    read: ({ name }, stack) => {
      const alarm = alarms.get(stack, name);
      return alarm && liveProperties({ ...alarm.properties, ActionsEnabled: alarm.actionsEnabled, AlarmName: name });
    },
  };
}

/** Problem of a deletion: composite alarms that name the alarm. AWS's own words are not documented. */
export function dependingOn(alarms: Alarms, name: string, place: Environment): string | undefined {
  const arn = alarms.get(place, name)?.arn;
  const parents = alarms
    .of(place)
    .filter(
      ({ watched }) => watched.kind === 'composite' && alarmsIn(watched.rule).some((at) => at === name || at === arn),
    );
  if (parents.length === 0) return undefined;
  const names = parents.map((parent) => parent.name).join(', ');
  return `Cannot delete ${name} as there are composite alarm(s) depending on it: ${names}`;
}

/** Deletes an alarm, if it is there: it is not evaluated any more. */
export function deleteAlarm(alarms: Alarms, observability: Observability, name: string, place: Environment): void {
  alarms.remove(place, name);
  observability.alarms = observability.alarms.filter(isNot(name, place));
}

const isNot =
  (name: string, { account, region }: Environment) =>
  (other: Watcher): boolean =>
    other.name !== name || other.account !== account || other.region !== region;
