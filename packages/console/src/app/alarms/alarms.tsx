import { useMemo } from 'preact/hooks';
import { alarmSeverity, alarmsFinding, shownAs, stateWords } from '../../chart/alarms/alarm-words.ts';
import { countOf, countText, durationText } from '../../chart/time-text.ts';
import { wholeRange } from '../../models/metric-answers.ts';
import { type AlarmModel, alarmOfItem, alarmStates, byUrgency, lastState, stateOf } from '../../models/alarms.ts';
import { Glyph } from '../parts/glyph.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { hrefOf, snapshot } from '../state/store.ts';
import { firstStart } from '../../models/family.ts';
import type { ViewProps } from '../view-props.ts';
import { AlarmDetail } from './alarm-detail.tsx';
import { AlarmRow } from './alarm-row.tsx';
import './alarms.css';

/** All alarms of all accounts, in alarm first; one of them may be open. */
export function Alarms({ models, address, item }: ViewProps) {
  const all = models.sections.alarms;
  const sorted = useMemo(() => byUrgency(all), [all]);
  const rows = useMemo(() => sorted.filter((alarm) => matches(alarm, address.filter)), [sorted, address.filter]);
  const open = item === undefined ? undefined : alarmOfItem(all, item);
  const openAt = open ? rows.findIndex(({ arn }) => arn === open.arn) : -1;
  const { from } = wholeRange(firstStart(snapshot.value ?? models), models.at);
  return (
    <>
      <Title>{alarmsFinding(all.map(stateOf))}</Title>
      <Lead alarms={sorted} at={models.at} />
      <Filters alarms={all} filter={address.filter} />
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
            <div class="grid-table alarms" role="table" aria-label="Alarms" aria-rowcount={rows.length + 1}>
              <div role="rowgroup">
                <div class="grid-row head" role="row">
                  <span role="columnheader">State</span>
                  <span role="columnheader">What it says</span>
                  <span role="columnheader" class="wide-only">
                    Account
                  </span>
                  <span role="columnheader">Since, UTC</span>
                  <span role="columnheader" class="wide-only">
                    {durationText(models.at - from)} until then
                  </span>
                </div>
              </div>
              <VirtualList
                count={rows.length}
                rowHeight={32}
                height={680}
                {...(openAt >= 0 && { first: openAt })}
                row={(index) => {
                  const alarm = rows[index];
                  return (
                    alarm && (
                      <AlarmRow models={models} alarm={alarm} from={from} index={index + 2} isOpen={index === openAt} />
                    )
                  );
                }}
              />
            </div>
          )}
        </div>
        {open && <AlarmDetail key={open.arn} models={models} alarm={open} />}
      </div>
    </>
  );
}

function matches(alarm: AlarmModel, filter: string | undefined): boolean {
  return filter === undefined || stateOf(alarm) === filter || alarmSeverity(alarm) === filter;
}

function Lead({ alarms: [first], at }: { readonly alarms: readonly AlarmModel[]; readonly at: number }) {
  const last = first && lastState(first);
  const fired = last?.to === 'ALARM' ? `The last one fired ${durationText(at - last.at)} ago. ` : '';
  return <p class="lead">{fired}Evaluated once a minute of virtual time, as CloudWatch does.</p>;
}

function Filters({ alarms, filter }: { readonly alarms: readonly AlarmModel[]; readonly filter: string | undefined }) {
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const alarm of alarms) {
      for (const key of [stateOf(alarm), alarmSeverity(alarm)])
        if (key !== undefined) found.set(key, (found.get(key) ?? 0) + 1);
    }
    return found;
  }, [alarms]);
  if (alarms.length === 0) return null;
  const severities = [...counts.keys()].filter((key) => !alarmStates.some((state) => state === key)).slice(0, 6);
  return (
    <nav class="filters" aria-label="Filter of alarms">
      <a href={hrefOf({ name: 'alarms' })} aria-current={filter === undefined ? 'true' : undefined}>
        All {countText(alarms.length)}
      </a>
      {alarmStates
        .filter((state) => counts.has(state))
        .map((state) => (
          <a
            key={state}
            href={hrefOf({ name: 'alarms' }, { filter: state })}
            aria-current={filter === state ? 'true' : undefined}
          >
            <span>
              <Glyph state={shownAs[state]} /> {stateWords[state]} {countText(counts.get(state) ?? 0)}
            </span>
          </a>
        ))}
      {severities.map((severity) => (
        <a
          key={severity}
          href={hrefOf({ name: 'alarms' }, { filter: severity })}
          aria-current={filter === severity ? 'true' : undefined}
          title={countOf(counts.get(severity) ?? 0, 'alarm')}
        >
          <span>
            <Name>{severity}</Name> {countText(counts.get(severity) ?? 0)}
          </span>
        </a>
      ))}
    </nav>
  );
}
