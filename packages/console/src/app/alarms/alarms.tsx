import { useMemo } from 'preact/hooks';
import { alarmSeverity, alarmsFinding, shownAs, stateWords } from '../../chart/alarms/alarm-words.ts';
import { countText, durationText } from '../../chart/time-text.ts';
import {
  type AlarmModel,
  alarmOfItem,
  alarmStates,
  byUrgency,
  isAlarmOf,
  lastState,
  stateOf,
} from '../../models/alarms.ts';
import { FilterLinks } from '../parts/filter-links.tsx';
import { Glyph } from '../parts/glyph.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import type { ViewProps } from '../view-props.ts';
import { AlarmDetail } from './alarm-detail.tsx';
import { AlarmTable } from './alarm-table.tsx';
import './alarms.css';

/** All alarms of all accounts, in alarm first; one of them may be open. */
export function Alarms({ models, address, item }: ViewProps) {
  const all = models.sections.alarms;
  const sorted = useMemo(() => byUrgency(all), [all]);
  const rows = useMemo(() => sorted.filter((alarm) => matches(alarm, address.filter)), [sorted, address.filter]);
  const open = item === undefined ? undefined : alarmOfItem(all, item);
  const openAt = open ? rows.findIndex(({ arn }) => arn === open.arn) : -1;
  return (
    <>
      <Title>{alarmsFinding(all.map(stateOf))}</Title>
      <Lead alarms={sorted} at={models.at} />
      <Filters models={models} filter={address.filter} />
      {item !== undefined && !open && (
        <Empty>
          No alarm <Name>{item}</Name> is there at this time.
        </Empty>
      )}
      <div class={open ? 'with-detail' : ''}>
        <div>
          {rows.length === 0 ? (
            <Empty>
              {all.length === 0
                ? 'No alarm is deployed at this time. `AWS::CloudWatch::Alarm` in a template of the assembly makes one.'
                : 'No alarm matches: choose another filter.'}
            </Empty>
          ) : (
            <AlarmTable models={models} rows={rows} openAt={openAt} />
          )}
        </div>
        {open && <AlarmDetail key={open.arn} models={models} alarm={open} />}
      </div>
    </>
  );
}

/** @param filter a state, a severity, or the id of an account */
function matches(alarm: AlarmModel, filter: string | undefined): boolean {
  return (
    filter === undefined || stateOf(alarm) === filter || alarmSeverity(alarm) === filter || isAlarmOf(alarm, filter)
  );
}

function Lead({ alarms: [first], at }: { readonly alarms: readonly AlarmModel[]; readonly at: number }) {
  const last = first && lastState(first);
  const fired = last?.to === 'ALARM' ? `The last one fired ${durationText(at - last.at)} ago. ` : '';
  return <p class="lead">{fired}Evaluated once a minute of virtual time, as CloudWatch does.</p>;
}

function Filters({ models, filter }: { readonly models: Snapshot; readonly filter: string | undefined }) {
  const { alarms } = models.sections;
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const alarm of alarms) {
      for (const key of [stateOf(alarm), alarmSeverity(alarm)])
        if (key !== undefined) found.set(key, (found.get(key) ?? 0) + 1);
    }
    return found;
  }, [alarms]);
  if (alarms.length === 0) return null;
  const account = models.accounts.find(({ id }) => id === filter);
  const severities = [...counts.keys()].filter((key) => !alarmStates.some((state) => state === key)).slice(0, 6);
  const keys = [...alarmStates.filter((state) => counts.has(state)), ...severities];
  return (
    <FilterLinks
      label="Filter of alarms"
      links={[undefined, ...keys, ...(account ? [account.id] : [])].map((key) => ({
        href: hrefOf({ name: 'alarms' }, { filter: key }),
        isCurrent: filter === key,
        children: (
          <KeyText
            filter={key}
            word={key !== undefined && key === account?.id ? `of ${account.name}` : (key ?? 'All')}
            count={
              key === undefined
                ? alarms.length
                : (counts.get(key) ?? alarms.filter((alarm) => isAlarmOf(alarm, key)).length)
            }
          />
        ),
      }))}
    />
  );
}

interface KeyTextProps {
  readonly filter: string | undefined;
  readonly word: string;
  readonly count: number;
}

function KeyText({ filter, word, count }: KeyTextProps) {
  const state = alarmStates.find((each) => each === filter);
  return (
    <span>
      {state ? (
        <>
          <Glyph state={shownAs[state]} /> {stateWords[state]}
        </>
      ) : (
        <Name>{word}</Name>
      )}{' '}
      {countText(count)}
    </span>
  );
}
