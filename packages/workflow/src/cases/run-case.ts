import { messageOf } from '@crosswind/aws/problem';
import { Simulation } from '../clock/simulation.ts';
import { uuid } from '../chance.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import type { HistoryEvent } from '../execution/history.ts';
import type { ExecutionIdentity } from '../execution/identity.ts';
import type { Json } from '@crosswind/aws/json';
import type { Outcome } from '../execution/protocol.ts';
import type { AslCase } from './read-cases.ts';
import { MockedExecution } from './mocked-execution.ts';
import { Mocks, Refused } from './mocks.ts';

/** Result of a case. Its events are those of GetExecutionHistory, with times in seconds. */
export interface CaseReport {
  readonly name: string;
  readonly status: Outcome['status'] | 'REFUSED';
  readonly output?: Json;
  readonly error?: string;
  /** Of a refused case: what the sandbox does not have, or which mock is missing. */
  readonly cause?: string;
  readonly events: readonly HistoryEvent[];
}

/** When every execution starts, in virtual time. */
const STARTS_AT = Date.parse('2026-01-01T00:00:00Z');

/** Runs a case without an account: the same case gives the same report, to the byte. */
export async function runCase(each: AslCase): Promise<CaseReport> {
  try {
    return await reportOf(each);
  } catch (error) {
    // Of this case only: the others run.
    return { name: each.name, status: 'REFUSED', cause: `the case cannot be run: ${messageOf(error)}`, events: [] };
  }
}

async function reportOf({ name, type, definition, input: given, mocks }: AslCase): Promise<CaseReport> {
  const parsed = parseDefinition(definition, type);
  if (!parsed.ok) return { name, status: 'REFUSED', cause: parsed.problems.join('\n'), events: [] };
  const { input, text } = inputOf(given);
  const simulation = new Simulation(STARTS_AT);
  const events: HistoryEvent[] = [];
  const ended: Outcome[] = [];
  try {
    const world = { simulation, mocks: new Mocks(mocks, parsed.machine) };
    const run = { type, input, events };
    const execution = new MockedExecution(world, parsed.machine, identityOf(name), run, (outcome) => {
      ended.push(outcome);
    });
    execution.tell({ kind: 'started' });
    await simulation.run(() => ended.length > 0);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { name, status: 'REFUSED', cause: error.message, events: shown(events, text) };
  }
  const [outcome] = ended;
  if (!outcome) throw new Error(`case "${name}" waits for something that never comes`);
  return { name, ...outcome, events: shown(events, text) };
}

interface GivenInput {
  readonly input: Json;
  /** As it was written, which is how AWS shows it in the first events. */
  readonly text: string;
}

/** A string that holds an object, an array or a string is the text of it, as StartExecution takes it. */
function inputOf(given: Json): GivenInput {
  const plain = { input: given, text: JSON.stringify(given) };
  if (typeof given !== 'string' || !/^\s*[[{"]/.test(given)) return plain;
  try {
    return { input: JSON.parse(given) as Json, text: given };
  } catch {
    return plain;
  }
}

function identityOf(name: string): ExecutionIdentity {
  const place = 'arn:aws:states:us-east-1:111111111111';
  const execution = uuid(name);
  return {
    executionArn: `${place}:execution:case:${execution}`,
    name: execution,
    roleArn: 'arn:aws:iam::111111111111:role/case',
    stateMachineArn: `${place}:stateMachine:case`,
    stateMachineName: 'case',
    startedAt: STARTS_AT,
  };
}

/** The events with times in seconds, and with the input as it was written where AWS shows that. */
const shown = (events: readonly HistoryEvent[], text: string): readonly HistoryEvent[] =>
  events.map((event, i) => {
    const { executionStartedEventDetails: started, stateEnteredEventDetails: entered } = event;
    return {
      ...event,
      timestamp: event.timestamp / 1000,
      ...(i === 0 && started && { executionStartedEventDetails: { ...started, input: text } }),
      ...(i === 1 && entered && { stateEnteredEventDetails: { ...entered, input: text } }),
    };
  });

/** Written at once, in characters: a history may be longer than a text can be. */
const piece = 1_000_000;

/** The report as JSON, an event a line, in pieces. */
export function* reportText(reports: readonly CaseReport[]): Generator<string> {
  let text = '[';
  for (const [at, { events, ...outcome }] of reports.entries()) {
    text += `${at === 0 ? '' : ','}\n${JSON.stringify(outcome).slice(0, -1)},"events":[`;
    for (const [nth, event] of events.entries()) {
      text += `${nth === 0 ? '' : ','}\n${JSON.stringify(event)}`;
      if (text.length < piece) continue;
      yield text;
      text = '';
    }
    text += ']}';
  }
  yield `${text}\n]\n`;
}
