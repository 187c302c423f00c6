import { alarmSentence, shownAs, sinceOf, stateWords } from '../../chart/alarms/alarm-words.ts';
import { clockText, durationText, timeText } from '../../chart/time-text.ts';
import { type AlarmModel, alarmItem, stateOf } from '../../models/alarms.ts';
import { firstStart } from '../../models/family.ts';
import { accountName } from '../../models/lookup.ts';
import { wholeRange } from '../../models/metric-answers.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { address, hrefOf, snapshot } from '../state/store.ts';
import { GridTable } from '../table/grid-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { StateStrip } from './state-strip.tsx';

export interface AlarmTableProps {
  readonly models: Snapshot;
  readonly rows: readonly AlarmModel[];
  /** Place of the alarm that is open; -1 for none. */
  readonly openAt: number;
}

/** Alarms as rows, each of them a link to its detail. */
export function AlarmTable({ models, rows, openAt }: AlarmTableProps) {
  const { from } = wholeRange(firstStart(snapshot.value ?? models), models.at);
  const { filter } = address.value;
  return (
    <GridTable
      name="alarms"
      label="Alarms"
      columns={[
        ['State'],
        ['What it says', 'cell-name'],
        ['Account', 'cell-name wide-only'],
        ['Since, UTC', 'code'],
        [`${durationText(models.at - from)} until then`, 'wide-only'],
      ]}
      rows={rows}
      openAt={openAt}
      height={680}
      cells={(alarm, place) => {
        const state = stateOf(alarm);
        const { at, isEvaluated } = sinceOf(alarm);
        return [
          <Chip state={shownAs[state]}>{stateWords[state]}</Chip>,
          <RowLink place={place} href={hrefOf({ name: 'alarms', item: alarmItem(alarm) }, { filter })}>
            <Name>{alarmSentence(alarm)}</Name>
          </RowLink>,
          <Name>{watchedAccount(models, alarm)}</Name>,
          <span title={timeText(at)}>{isEvaluated ? clockText(at) : 'never'}</span>,
          <StateStrip alarm={alarm} from={from} to={models.at} />,
        ];
      }}
    />
  );
}

/** Name of the account that an alarm watches, or how many those are. */
export function watchedAccount({ accounts }: Snapshot, { watches }: AlarmModel): string {
  const [only] = watches;
  if (only === undefined) return 'all accounts';
  if (watches.length > 1) return `${watches.length} accounts`;
  return accountName(accounts, only) ?? only;
}
