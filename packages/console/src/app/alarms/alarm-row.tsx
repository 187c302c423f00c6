import { alarmSentence, shownAs, sinceOf, stateWords } from '../../chart/alarms/alarm-words.ts';
import { clockText, timeText } from '../../chart/time-text.ts';
import { type AlarmModel, alarmItem, stateOf } from '../../models/alarms.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { address, hrefOf } from '../state/store.ts';
import { StateStrip } from './state-strip.tsx';

export interface AlarmRowProps {
  readonly models: Snapshot;
  readonly alarm: AlarmModel;
  /** Start of the strip, in milliseconds since the epoch. */
  readonly from: number;
  readonly index: number;
  readonly isOpen: boolean;
}

/** An alarm as a row that opens it. */
export function AlarmRow({ models, alarm, from, index, isOpen }: AlarmRowProps) {
  const state = stateOf(alarm);
  const { at, isEvaluated } = sinceOf(alarm);
  const { filter } = address.value;
  return (
    <div class={isOpen ? 'grid-row is-open' : 'grid-row'} role="row" aria-rowindex={index}>
      <span role="cell">
        <Chip state={shownAs[state]}>{stateWords[state]}</Chip>
      </span>
      <span role="cell" class="cell-name">
        <a
          data-row
          data-open={isOpen ? '' : undefined}
          aria-current={isOpen ? 'true' : undefined}
          href={hrefOf({ name: 'alarms', item: alarmItem(alarm) }, filter === undefined ? {} : { filter })}
        >
          <Name>{alarmSentence(alarm)}</Name>
        </a>
      </span>
      <span role="cell" class="cell-name wide-only">
        <Name>{watchedAccount(models, alarm)}</Name>
      </span>
      <span role="cell" class="code" title={timeText(at)}>
        {isEvaluated ? clockText(at) : 'never'}
      </span>
      <span role="cell" class="wide-only">
        <StateStrip alarm={alarm} from={from} to={models.at} />
      </span>
    </div>
  );
}

/** Name of the account that an alarm watches, or how many those are. */
export function watchedAccount({ accounts }: Snapshot, { watches }: AlarmModel): string {
  const [only] = watches;
  if (only === undefined) return 'all accounts';
  if (watches.length > 1) return `${watches.length} accounts`;
  return accounts.find(({ id }) => id === only)?.name ?? only;
}
