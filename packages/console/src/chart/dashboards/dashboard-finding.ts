import { type AlarmModel, stateOf } from '../../models/alarms.ts';
import type { DashboardModel } from '../../models/dashboards.ts';
import { countOf, countText } from '../time-text.ts';
import { alarmsShown } from './read-body.ts';

/** Alarms of a dashboard by their states. */
export interface DashboardAlarms {
  /** Alarms that the body names, whether they are there or not. */
  readonly shown: number;
  readonly inAlarm: number;
  readonly withoutData: number;
}

export function dashboardAlarms(
  dashboard: Pick<DashboardModel, 'body'>,
  byArn: ReadonlyMap<string, AlarmModel>,
): DashboardAlarms {
  const arns = alarmsShown(dashboard);
  const states = arns.flatMap((arn) => {
    const alarm = byArn.get(arn);
    return alarm ? [stateOf(alarm)] : [];
  });
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  return { shown: arns.length, inAlarm: count('ALARM'), withoutData: count('INSUFFICIENT_DATA') };
}

/** Sentence about the alarms of a dashboard: `2 of 9 alarms on this dashboard are in alarm`. */
export function dashboardFinding({ shown, inAlarm, withoutData }: DashboardAlarms): string {
  if (shown === 0) return 'This dashboard shows no alarms';
  const all = `${countOf(shown, 'alarm')} on this dashboard`;
  if (inAlarm > 0) return `${countText(inAlarm)} of ${all} ${inAlarm === 1 ? 'is' : 'are'} in alarm`;
  if (withoutData > 0)
    return `${countText(withoutData)} of ${all} ${withoutData === 1 ? 'has' : 'have'} no data, none is in alarm`;
  return shown === 1 ? 'The one alarm on this dashboard is OK' : `All ${all} are OK`;
}

/** Sentence about all dashboards. */
export function dashboardsFinding(all: readonly DashboardAlarms[]): string {
  if (all.length === 0) return 'There is no dashboard';
  const wrong = all.filter(({ inAlarm }) => inAlarm > 0).length;
  const many = countOf(all.length, 'dashboard');
  if (wrong === 0) return `${many}, no alarm on ${all.length === 1 ? 'it' : 'them'} is in alarm`;
  return `${countText(wrong)} of ${many} ${wrong === 1 ? 'shows' : 'show'} alarms that are in alarm`;
}
