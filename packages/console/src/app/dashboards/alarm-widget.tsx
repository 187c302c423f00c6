import { alarmSentence, shownAs, sinceOf, stateWords } from '../../chart/alarms/alarm-words.ts';
import { inOrder } from '../../chart/dashboards/alarm-order.ts';
import { commonStart } from '../../chart/dashboards/common-start.ts';
import { listIn, textIn } from '../../chart/dashboards/read-body.ts';
import type { Placed } from '../../chart/dashboards/grid.ts';
import { clockText } from '../../chart/time-text.ts';
import { type AlarmModel, alarmItem, stateOf } from '../../models/alarms.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';

export interface AlarmWidgetProps {
  readonly widget: Placed;
  readonly alarms: ReadonlyMap<string, AlarmModel>;
}

/** Alarms of a body with their states, in the order that the body wants. */
export function AlarmWidget({ widget: { properties }, alarms }: AlarmWidgetProps) {
  const arns = listIn(properties['alarms']).flatMap((arn) => textIn(arn) ?? []);
  const states = listIn(properties['states']);
  const found = arns.flatMap((arn) => alarms.get(arn) ?? []);
  const missing = arns.filter((arn) => !alarms.has(arn));
  const shown = inOrder(
    found.filter((alarm) => states.length === 0 || states.includes(stateOf(alarm))),
    properties['sortBy'],
  );
  const start = commonStart(shown.map(({ name }) => name));
  return (
    <>
      {shown.length === 0 && missing.length === 0 && (
        <p class="no-values">No alarm is in a state that is shown here.</p>
      )}
      <ul class="alarm-tiles">
        {shown.map((alarm) => (
          <li key={alarm.arn} class={stateOf(alarm) === 'ALARM' ? 'is-bad needs' : ''}>
            <Chip state={shownAs[stateOf(alarm)]}>{stateWords[stateOf(alarm)]}</Chip>
            <a href={hrefOf({ name: 'alarms', item: alarmItem(alarm) })} title={alarmSentence(alarm)}>
              <Name>{start === '' ? alarm.name : `…${alarm.name.slice(start.length)}`}</Name>
            </a>
            <span class="code quiet">{clockText(sinceOf(alarm).at)}</span>
          </li>
        ))}
        {missing.map((arn) => (
          <li key={arn}>
            <span class="quiet">Not there:</span> <Name>{arn}</Name>
          </li>
        ))}
      </ul>
    </>
  );
}
