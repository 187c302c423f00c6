import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { runView } from '../../models/address.ts';
import type { ComparisonModel, ComparisonQuestion, DifferenceModel } from '../../models/comparison.ts';
import { eventRows } from '../../models/events.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import type { Imported } from '../../imported/read-import.ts';
import { countOf, countText } from '../../chart/time-text.ts';
import { Chip } from '../parts/glyph.tsx';
import { Code, Name, prettyJson } from '../parts/name.tsx';
import { ask } from '../state/ask.ts';
import { errorText } from '../state/error-text.ts';
import { hrefOf } from '../state/store.ts';

/** Answers that the sandbox gave, by import and execution. */
const answers = new Map<string, Promise<ComparisonModel>>();

export interface ReplayedProps {
  readonly digest: string;
  readonly asked: ExecutionModel;
  /** False for the finding alone. */
  readonly isOpen: boolean;
  readonly imported: Imported;
}

/** Comparison with the sandbox, which gets the input and the recorded results of an imported execution. */
export function Replayed({ digest, asked, isOpen, imported }: ReplayedProps) {
  const definition = imported.executions.find(({ executionArn }) => executionArn === asked.arn)?.definition;
  return definition === undefined ? (
    <p>
      The definition is not known, so the sandbox cannot replay this run: import its history together with the output of{' '}
      <code>aws stepfunctions describe-state-machine-for-execution</code>.
    </p>
  ) : (
    <Answer
      isOpen={isOpen}
      key={asked.arn}
      digest={digest}
      question={() => questionOf(imported, asked, definition)}
      asked={asked}
    />
  );
}

interface AnswerProps extends Omit<ReplayedProps, 'imported'> {
  readonly question: () => ComparisonQuestion;
}

function Answer({ digest, question, asked, isOpen }: AnswerProps) {
  const answer = useSignal<ComparisonModel | string | undefined>(undefined);
  useEffect(() => {
    const key = `${digest} ${asked.arn}`;
    const asking = answers.get(key) ?? (ask('import-comparison', question()) as Promise<ComparisonModel>);
    answers.set(key, asking);
    asking.then(
      (found) => {
        answer.value = found;
      },
      (error: unknown) => {
        answers.delete(key);
        answer.value = errorText(error);
      },
    );
  }, []);
  const found = answer.value;
  if (found === undefined) return <p role="status">The sandbox replays this run</p>;
  if (typeof found === 'string') return <p>The sandbox cannot replay this run: {found}</p>;
  return (
    <>
      <h2>
        {found.difference ? (
          <Chip state="failed">Differs</Chip>
        ) : (
          <Chip state={found.same === found.total ? 'succeeded' : 'waiting'}>
            {found.same === found.total ? 'Same' : 'Same so far'}
          </Chip>
        )}{' '}
        {found.difference
          ? `The sandbox does otherwise: ${found.difference.event === null ? 'it goes on' : `from event ${found.difference.event} on`}`
          : `${countText(found.same)} of ${countOf(found.total, 'event')} are as the sandbox has them`}
      </h2>
      {isOpen && found.difference && <Difference of={found.difference} asked={asked} />}
      {isOpen &&
        found.limits.map((sentence) => (
          <p key={sentence} class="quiet">
            <Name>{sentence}</Name>
          </p>
        ))}
    </>
  );
}

function Difference({
  of: { event, field, recorded, sandbox },
  asked,
}: {
  readonly of: DifferenceModel;
  readonly asked: ExecutionModel;
}) {
  return (
    <>
      {event !== null && (
        <p>
          <a href={hrefOf(runView(asked.arn, 'history'), { event: String(event) })}>Event {event}</a>:{' '}
          <code>{field}</code>
        </p>
      )}
      <h3>Recorded</h3>
      <Code text={recorded === null ? 'nothing' : prettyJson(recorded)} label="Recorded" />
      <h3>In the sandbox</h3>
      <Code text={sandbox === null ? 'nothing' : prettyJson(sandbox)} label="In the sandbox" />
    </>
  );
}

function questionOf(
  { snapshot }: Imported,
  { arn, machineArn, name }: ExecutionModel,
  definition: unknown,
): ComparisonQuestion {
  const columns = snapshot.events.find(({ execution }) => execution === arn);
  const details = new Map(snapshot.details.find(({ execution }) => execution === arn)?.byId);
  const rows = columns ? eventRows(columns) : [];
  return {
    ...{ executionArn: arn, stateMachineArn: machineArn, name, definition },
    events: rows.map(({ id, previous, at, type }) => ({ id, previous, at, type, details: details.get(id) ?? {} })),
  };
}
