import { shownAs, stateWords } from '../../chart/alarms/alarm-words.ts';
import { clockText, countOf, dayText, timeText } from '../../chart/time-text.ts';
import type { AlarmEvent, AlarmModel } from '../../models/alarms.ts';
import { Glyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { address, replace } from '../state/store.ts';

/** Events of a history that are listed. */
const mostEvents = 30;

/** Events of an alarm, the newest first; each time moves the strip to it. */
export function AlarmHistory({ alarm: { history } }: { readonly alarm: AlarmModel }) {
  const shown = history.toReversed().slice(0, mostEvents);
  return (
    <section>
      <h3>History</h3>
      <ul class="plain alarm-history">
        {shown.map((event, index) => (
          <li key={index}>
            <button
              type="button"
              class="link code"
              title={`Show ${timeText(event.at)} everywhere`}
              onClick={() => {
                replace({ ...address.value, at: event.at });
              }}
            >
              {clockText(event.at)}
            </button>
            <span>
              <EventText event={event} />
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {history.length > shown.length && `${countOf(history.length - shown.length, 'earlier event')} more. `}
        {shown[0] && `UTC, the newest on ${dayText(shown[0].at)}.`}
      </p>
    </section>
  );
}

function EventText({ event }: { readonly event: AlarmEvent }) {
  switch (event.kind) {
    case 'created':
      return <>deployed</>;
    case 'changed':
      return <>changed by a deployment</>;
    case 'state':
      return (
        <>
          <Glyph state={shownAs[event.to]} /> {stateWords[event.to]}
        </>
      );
    case 'contributor':
      return (
        <>
          <Glyph state={shownAs[event.to]} /> {stateWords[event.to]}: <Name>{event.name}</Name>
        </>
      );
    case 'action': {
      const topic = event.action.split(':').at(-1) ?? event.action;
      return (
        <>
          {event.refused === null ? 'notified' : 'could not notify'} <Name isCode>{topic}</Name>
          {event.contributor !== null && (
            <>
              {' '}
              about <Name>{event.contributor}</Name>
            </>
          )}
          {event.refused !== null && (
            <>
              : <Name>{event.refused}</Name>
            </>
          )}
        </>
      );
    }
  }
}
