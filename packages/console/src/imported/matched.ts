import { textOf } from '@crosswind/aws/json';
import { detailsOf } from '../server/event-columns.ts';
import type { SourceExecution } from '../server/source.ts';
import type { DescribedExecution, DescribedMachine } from './descriptions.ts';
import type { History } from './histories.ts';
import { MissingHistory } from './wrong-input.ts';

/** Milliseconds that ExecutionStarted and the start of its execution may differ by. */
const sameStart = 1_000;

/**
 * Histories with the descriptions that belong to them: an execution by its start and input, a state machine by its ARN.
 *
 * @throws WrongInput if a description belongs to none
 */
export function matched(
  histories: readonly History[],
  executions: readonly DescribedExecution[],
  machines: readonly DescribedMachine[],
): readonly SourceExecution[] {
  const left = new Set(executions);
  const found = histories.map((history) => {
    const fitting = [...left].filter((each) => isOf(each, history));
    const best = fitting.find((each) => textOf(each.fields.get('input')) === inputOf(history)) ?? fitting[0];
    if (best) left.delete(best);
    return { history, described: best };
  });
  const [unused] = left;
  if (unused)
    throw new MissingHistory(
      `${unused.place}: no history begins at ${new Date(unused.startDate).toISOString()}, as ${unused.name} does: add the history of this execution`,
    );
  return found.map(({ history, described }, index) => {
    const only = histories.length === 1 && machines.length === 1 && !described ? machines[0] : undefined;
    const machine = only ?? machines.find(({ stateMachineArn }) => isMachineOf(stateMachineArn, described));
    return executionOf(history, described, machine, index);
  });
}

/** DescribeStateMachine of a version or an alias has it after the ARN of the machine. */
const isMachineOf = (arn: string, described: DescribedExecution | undefined): boolean =>
  arn.split(':').slice(0, 7).join(':') === described?.stateMachineArn;

function isOf({ startDate }: DescribedExecution, { events }: History): boolean {
  const [first] = events;
  return first?.type === 'ExecutionStarted' && Math.abs(first.timestamp - startDate) <= sameStart;
}

const inputOf = ({ events: [first] }: History): string => (first ? textOf(detailsOf(first)['input']) : '');

const ends: Readonly<Partial<Record<string, string>>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

function executionOf(
  history: History,
  described: DescribedExecution | undefined,
  machine: DescribedMachine | undefined,
  index: number,
): SourceExecution {
  const { events } = history;
  const [first, last] = [events[0], events.at(-1)];
  const end = last && Object.hasOwn(ends, last.type) ? ends[last.type] : undefined;
  const details = end && last ? detailsOf(last) : {};
  const text = (key: string): string | undefined => textOf(details[key] ?? described?.fields.get(key)) || undefined;
  const stateMachineArn = described?.stateMachineArn ?? machine?.stateMachineArn ?? nameless(history, index);
  const name = described?.name ?? fileName(history, index);
  const status = end ?? described?.status ?? 'RUNNING';
  return {
    executionArn: described?.executionArn ?? executionArnOf(stateMachineArn, name),
    stateMachineArn,
    name,
    title: stateMachineArn.split(':')[6] ?? name,
    status,
    startDate: first?.type === 'ExecutionStarted' ? first.timestamp : (described?.startDate ?? first?.timestamp ?? 0),
    stopDate: end ? last?.timestamp : described?.stopDate,
    input: inputOf(history) || textOf(described?.fields.get('input')) || undefined,
    output: text('output'),
    error: text('error'),
    cause: text('cause'),
    ...(machine && { definition: machine.definition }),
    events,
    mapRuns: [],
  };
}

/** A history does not name its execution: the parts of the ARN that nobody knows are `unknown`. */
const nameless = (history: History, index: number): string =>
  `arn:aws:states:unknown:unknown:stateMachine:${fileName(history, index)}`;

function executionArnOf(stateMachineArn: string, name: string): string {
  const [arn, partition, states, region, account, , machine] = stateMachineArn.split(':');
  return [arn, partition, states, region, account, 'execution', machine, name].join(':');
}

/** The file of a history as a name that an ARN may have. */
function fileName({ place }: History, index: number): string {
  const name = (place.split(',')[0] ?? '')
    .replace(/\.json$/i, '')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 72);
  return `${name === '' || name === '-' ? 'history' : name}${index === 0 ? '' : `-${index + 1}`}`;
}
