import { alarmSentence, shownAs, sinceOf, stateWords } from '../../chart/alarms/alarm-words.ts';
import { clockText, countOf } from '../../chart/time-text.ts';
import { alarmItem, byUrgency, stateOf } from '../../models/alarms.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Chip } from '../parts/glyph.tsx';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';

/** Rows of the card at most. */
const mostRows = 5;

/** Alarms that are in alarm, or a sentence that none is. */
export function AlarmsCard({ models }: { readonly models: Snapshot }) {
  const { alarms } = models.sections;
  const fired = byUrgency(alarms).filter((alarm) => stateOf(alarm) === 'ALARM');
  return (
    <section class="alarms-card" aria-labelledby="now-alarms">
      <header>
        <h2 id="now-alarms">Alarms</h2>
        <a href={hrefOf({ name: 'alarms' })}>All {countOf(alarms.length, 'alarm')}</a>
      </header>
      {fired.length === 0 ? (
        <Empty>{alarms.length === 0 ? 'No alarm is deployed at this time.' : 'No alarm is in alarm.'}</Empty>
      ) : (
        <ul class="card">
          {fired.slice(0, mostRows).map((alarm) => (
            <li key={alarm.arn}>
              <Chip state={shownAs.ALARM}>{stateWords.ALARM}</Chip>
              <span class="cell-name">
                <a href={hrefOf({ name: 'alarms', item: alarmItem(alarm) })}>
                  <Name>{alarmSentence(alarm)}</Name>
                </a>
              </span>
              <span class="code">{clockText(sinceOf(alarm).at)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
