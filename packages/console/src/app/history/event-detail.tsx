import { Fragment } from 'preact';
import type { HistoryRow } from '../../chart/interleaved.ts';
import { timeText } from '../../chart/time-text.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Detail } from '../parts/detail.tsx';
import { Empty } from '../parts/head.tsx';
import { Code, Name, prettyJson } from '../parts/name.tsx';

export interface EventDetailProps {
  readonly models: Snapshot;
  readonly row: Extract<HistoryRow, { readonly kind: 'event' }>;
}

/** Texts that are shown in full, each in a box of its own. */
const longTexts = ['input', 'parameters', 'output', 'cause'];

/** An event with everything that GetExecutionHistory says about it. */
export function EventDetail({ models, row: { event, execution, state } }: EventDetailProps) {
  const byId = models.details.find((each) => each.execution === execution.arn)?.byId;
  const details = Object.entries(new Map(byId).get(event.id) ?? {});
  const short = details.filter(([key]) => !longTexts.includes(key));
  const long = details.filter(([key]) => longTexts.includes(key));
  return (
    <Detail title={`Event ${event.id}, ${event.type}`}>
      <p>
        {timeText(event.at)}
        {state !== null && (
          <>
            {' '}
            in <Name>{state}</Name>
          </>
        )}
        , {event.previous === 0 ? 'the first one' : `after event ${event.previous}`}
      </p>
      <dl class="facts">
        {short.map(([key, value]) => (
          <Fragment key={key}>
            <dt>{key}</dt>
            <dd class="code">
              <Name>{typeof value === 'string' ? value : JSON.stringify(value)}</Name>
            </dd>
          </Fragment>
        ))}
      </dl>
      {long.map(([key, value]) => (
        <section key={key}>
          <h3>{key}</h3>
          <Code text={prettyJson(String(value))} label={key} />
        </section>
      ))}
      {details.length === 0 && <Empty>This event has no details, or they were left out of this file.</Empty>}
      <p class="buttons">
        <CopyButton text={location.href} what="link" />
      </p>
    </Detail>
  );
}
