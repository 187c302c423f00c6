import type { ConsoleContext } from '../console-context.ts';
import type { SectionReader } from '../section-reader.ts';
import { alarmModel } from './alarm-model.ts';

/** Reads the alarms of all accounts; one whose history has not grown keeps its model. */
export function alarmsReader({ sandbox: { cloudWatch } }: ConsoleContext): SectionReader<'alarms'> {
  const { alarms } = cloudWatch;
  const known = new WeakMap<object, { readonly events: number; readonly model: ReturnType<typeof alarmModel> }>();
  let read: typeof alarms.all | undefined;
  let events = 0;
  let models: readonly ReturnType<typeof alarmModel>[] = [];
  return () => {
    const count = alarms.all.reduce((sum, { history }) => sum + history.length, 0);
    if (read === alarms.all && events === count) return models;
    [read, events] = [alarms.all, count];
    models = read.map((alarm) => {
      const before = known.get(alarm);
      if (before?.events === alarm.history.length) return before.model;
      const model = alarmModel(alarm);
      known.set(alarm, { events: alarm.history.length, model });
      return model;
    });
    return models;
  };
}
