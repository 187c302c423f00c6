import { isObject, type Json, type JsonObject, parsedJson, textOf } from '@crosswind/aws/json';
import type { Document } from './documents.ts';
import { timeOf } from './recorded-event.ts';
import { quoted, WrongInput } from './wrong-input.ts';

/** An execution as DescribeExecution gives it. */
export interface DescribedExecution {
  readonly place: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate: number | undefined;
  readonly fields: ReadonlyMap<string, Json>;
}

/** A state machine as DescribeStateMachine or DescribeStateMachineForExecution gives it. */
export interface DescribedMachine {
  readonly place: string;
  readonly stateMachineArn: string;
  readonly definition: JsonObject;
}

export interface Sorted {
  /** Documents with events. */
  readonly histories: readonly Document[];
  readonly executions: readonly DescribedExecution[];
  readonly machines: readonly DescribedMachine[];
}

/**
 * Documents by what they are.
 *
 * @throws WrongInput for the output of another command
 */
export function sorted(documents: readonly Document[]): Sorted {
  const histories = documents.filter(({ events }) => events !== undefined);
  const others = documents.filter(({ events }) => events === undefined);
  const machines = others.filter(isMachine).map(machineOf);
  const executions = others.filter(isExecution).map(executionOf);
  const unknown = others.find((each) => !isMachine(each) && !isExecution(each));
  if (unknown) throw new WrongInput(`${unknown.place}: ${otherCommand(unknown)}`);
  return { histories, executions, machines };
}

const isMachine = ({ fields }: Document): boolean => fields.has('definition') && fields.has('stateMachineArn');

const isExecution = ({ fields }: Document): boolean =>
  fields.has('executionArn') && fields.has('stateMachineArn') && fields.has('status') && fields.has('startDate');

/** Keys that outputs of other commands have, and what to do instead. */
const known: readonly (readonly [key: string, command: string])[] = [
  ['executions', 'list-executions, which has no events'],
  ['stateMachines', 'list-state-machines, which has no events'],
  ['mapRuns', 'list-map-runs, which has no events'],
  ['logStreams', 'describe-log-streams: the logs of Express executions are not supported'],
  ['mapRunArn', 'describe-map-run, which has no events'],
  ['executionArn', 'start-execution, which has no events'],
];

function otherCommand({ keys }: Document): string {
  const command = known.find(([key]) => keys.includes(key))?.[1];
  const few = keys
    .slice(0, 6)
    .map((key) => quoted(key))
    .join(', ');
  const came =
    command === undefined ? `an object with ${few === '' ? 'no key' : `the keys ${few}`}` : `the output of ${command}`;
  return `expected "events" of \`aws stepfunctions get-execution-history\`, or the output of describe-execution or describe-state-machine, got ${came}`;
}

function executionOf({ place, fields }: Document): DescribedExecution {
  const text = (key: string): string => textOf(fields.get(key));
  const executionArn = text('executionArn');
  if (!/^arn:[^:]+:states:[^:]*:[^:]*:execution:[^:]+:[^:]+$/.test(executionArn))
    throw new WrongInput(
      executionArn.includes(':express:')
        ? `${place}: ${quoted(executionArn, 120)} is an Express execution, which has no history: only Standard executions can be imported`
        : `${place}, executionArn: expected the ARN of a Standard execution, got ${quoted(executionArn, 120)}`,
    );
  const stopDate = fields.get('stopDate');
  return {
    place,
    executionArn,
    stateMachineArn: text('stateMachineArn'),
    name: text('name') || (executionArn.split(':').at(-1) ?? ''),
    status: text('status'),
    startDate: timeOf(fields.get('startDate'), `${place}, startDate`),
    stopDate: stopDate === undefined || stopDate === null ? undefined : timeOf(stopDate, `${place}, stopDate`),
    fields,
  };
}

function machineOf({ place, fields }: Document): DescribedMachine {
  if (fields.get('type') === 'EXPRESS')
    throw new WrongInput(
      `${place}: an EXPRESS state machine has no histories: only those of STANDARD ones can be imported`,
    );
  const text = textOf(fields.get('definition'));
  const definition = jsonOf(text);
  if (!isObject(definition) || !isObject(definition['States']))
    throw new WrongInput(`${place}, definition: expected the JSON text of a state machine, got ${quoted(text)}`);
  return { place, stateMachineArn: textOf(fields.get('stateMachineArn')), definition };
}

function jsonOf(text: string): Json {
  try {
    return parsedJson(text);
  } catch {
    return null;
  }
}
