import {
  alarmSentence,
  alarmSeverity,
  evaluationWords,
  runbookOf,
  shownAs,
  sinceOf,
  stateWords,
} from '../../chart/alarms/alarm-words.ts';
import { causeBefore } from '../../chart/alarms/alarm-cause.ts';
import { durationText, timeText } from '../../chart/time-text.ts';
import { type AlarmModel, contributorsOf, lastState, stateOf } from '../../models/alarms.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Detail } from '../parts/detail.tsx';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { AlarmHistory } from './alarm-history.tsx';
import { DecidingPoints } from './deciding-points.tsx';

export interface AlarmDetailProps {
  readonly models: Snapshot;
  readonly alarm: AlarmModel;
}

/** An alarm with the data that decided it, its history, and what to do. */
export function AlarmDetail({ models, alarm }: AlarmDetailProps) {
  const state = stateOf(alarm);
  const { at, isEvaluated } = sinceOf(alarm);
  const last = lastState(alarm);
  const runbook = runbookOf(alarm);
  const severity = alarmSeverity(alarm);
  const contributors = contributorsOf(alarm);
  const { rule } = alarm;
  return (
    <Detail title={<Name>{alarmSentence(alarm)}</Name>}>
      <p>
        <Chip state={shownAs[state]}>{stateWords[state]}</Chip>{' '}
        {isEvaluated
          ? `for ${durationText(models.at - at)}, since ${timeText(at)}`
          : 'It was never evaluated, or never had data.'}
      </p>
      {state === 'ALARM' && <After models={models} firedAt={at} />}
      <dl class="facts">
        <dt>Name</dt>
        <dd>
          <Name isCode>{alarm.name}</Name>
        </dd>
        <dt>Account</dt>
        <dd class="code">
          {alarm.account}, {alarm.region}
        </dd>
        {severity !== undefined && (
          <>
            <dt>Severity</dt>
            <dd>
              <Name>{severity}</Name>
            </dd>
          </>
        )}
        <dt>{rule.kind === 'metric' ? 'Metric' : 'Rule'}</dt>
        <dd>
          <Name isCode>{rule.kind === 'metric' ? rule.metric : rule.rule}</Name>
        </dd>
      </dl>
      <section>
        <h3>The numbers that decided it</h3>
        <DecidingPoints alarm={alarm} />
        {evaluationWords(rule).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {last && (
          <p class="quiet">
            <Name>{last.reason}</Name>
          </p>
        )}
      </section>
      {contributors.length > 0 && (
        <section>
          <h3>Time series in alarm</h3>
          <ul class="plain">
            {contributors.map(({ name, reason, at: since }) => (
              <li key={name}>
                <Name>{name}</Name> <span class="quiet">since {timeText(since)}</span>
                <br />
                <span class="quiet">
                  <Name>{reason}</Name>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <AlarmHistory alarm={alarm} />
      <Actions alarm={alarm} />
      {runbook !== undefined && (
        <section>
          <h3>Runbook</h3>
          <p>
            <Name isCode>{runbook}</Name>
          </p>
          <p class="buttons">
            <CopyButton text={runbook} what="runbook" />
          </p>
        </section>
      )}
    </Detail>
  );
}

/** How long after the last thing that broke an alarm fired. */
function After({ models, firedAt }: { readonly models: Snapshot; readonly firedAt: number }) {
  const cause = causeBefore(firedAt, models.sections.changes, models.verdicts);
  if (!cause) return null;
  return (
    <p>
      It fired {durationText(firedAt - cause.at)} after this: <Name>{cause.sentence}</Name>.
    </p>
  );
}

function Actions({ alarm: { actions, actionsEnabled } }: { readonly alarm: AlarmModel }) {
  const rows = (['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const).flatMap((state) =>
    actions[state].map((topic) => ({ state, topic })),
  );
  return (
    <section>
      <h3>Actions</h3>
      {!actionsEnabled && <p>Its actions are switched off: it changes its state, and no topic hears of it.</p>}
      {rows.length === 0 && <p>It notifies no topic.</p>}
      <ul class="plain">
        {rows.map(({ state, topic }) => (
          <li key={`${state} ${topic}`}>
            {stateWords[state]}: <Name isCode>{topic.split(':').slice(5).join(':') || topic}</Name>
          </li>
        ))}
      </ul>
    </section>
  );
}
