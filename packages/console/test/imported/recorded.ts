import { readFileSync } from 'node:fs';

/** An event as GetExecutionHistory gives it. */
interface Event {
  readonly id: number;
  readonly previousEventId: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly type: string;
}

/**
 * A run of the sandbox, recorded with `npx crosswind asl`: a task that is tried twice, branches, iterations, a loop, a wait, and
 * variables in JSONata.
 */
const run = JSON.parse(readFileSync(new URL('recorded-run.json', import.meta.url), 'utf8')) as {
  readonly definition: object;
  readonly events: readonly Event[];
};

export const { definition, events: recorded } = run;

/** Output of the command line, which prints timestamps as ISO 8601 in its second version. */
export const printed = (events: readonly Event[], more: object = {}): string =>
  JSON.stringify(
    { events: events.map((event) => ({ ...event, timestamp: isoOf(event.timestamp) })), ...more },
    null,
    4,
  );

const isoOf = (seconds: number): string => new Date(seconds * 1_000).toISOString().replace('Z', '000+00:00');

const place = 'arn:aws:states:eu-central-1:111111111111';

/** Output of describe-execution for it. */
export const describedExecution = (events: readonly Event[]): string =>
  JSON.stringify({
    executionArn: `${place}:execution:wind:run-7`,
    stateMachineArn: `${place}:stateMachine:wind`,
    name: 'run-7',
    status: 'SUCCEEDED',
    startDate: isoOf(events[0]?.timestamp ?? 0),
    stopDate: isoOf(events.at(-1)?.timestamp ?? 0),
    input: '{"place":"Bern"}',
    inputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
  });

/** Output of describe-state-machine for it. */
export const describedMachine = (): string =>
  JSON.stringify({
    stateMachineArn: `${place}:stateMachine:wind`,
    name: 'wind',
    status: 'ACTIVE',
    definition: JSON.stringify(definition),
    roleArn: 'arn:aws:iam::111111111111:role/wind',
    type: 'STANDARD',
    creationDate: '2026-11-01T00:00:00+00:00',
  });
