import fc from 'fast-check';
import type { RunSource } from '../src/server/snapshot.ts';
import { noSections } from '../src/models/sections.ts';
import { history } from './stuck-run.ts';

type Execution = RunSource['executions'][number];
type Batch = Execution['mapRuns'][number]['batches'][number];
type Decision = RunSource['decisions'][number];

/** A step of a sandbox: something is started, goes on, or is gone. */
export type Step =
  | { readonly kind: 'start'; readonly by: number; readonly named: boolean }
  | { readonly kind: 'events'; readonly of: number; readonly types: readonly string[] }
  | { readonly kind: 'end'; readonly of: number }
  | {
      readonly kind: 'batch';
      readonly of: number;
      readonly index: number;
      readonly after: number;
      readonly ends: boolean;
    }
  | { readonly kind: 'decide'; readonly group: number; readonly second: number }
  | { readonly kind: 'explain'; readonly of: number; readonly sentence: string }
  | { readonly kind: 'section'; readonly id: string }
  | { readonly kind: 'forget' };

const place = fc.nat({ max: 5 });

const types = ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskSucceeded', '__proto__'];

export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('start' as const), by: place, named: fc.boolean() }),
  fc.record({
    kind: fc.constant('events' as const),
    of: place,
    types: fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ kind: fc.constant('end' as const), of: place }),
  fc.record({
    ...{ kind: fc.constant('batch' as const), of: place, index: place, after: fc.nat({ max: 50 }) },
    ends: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('decide' as const), group: fc.nat({ max: 3 }), second: fc.nat({ max: 4 }) }),
  fc.record({ kind: fc.constant('explain' as const), of: place, sentence: fc.string() }),
  fc.record({ kind: fc.constant('section' as const), id: fc.string() }),
  fc.constant({ kind: 'forget' as const }),
);

const begin = Date.UTC(2026, 10, 27);

/** A sandbox in which nothing ran yet. */
export const emptyRun: RunSource = {
  ...{ title: 'dev', simulated: true, at: begin, accounts: [{ id: '111111111111', name: 'parent' }] },
  ...{ executions: [], decisions: [], verdicts: [], sections: noSections, cut: [] },
};

/** The source after a step; everything that did not change is the same object as before. */
export function afterStep(source: RunSource, step: Step, count: number): RunSource {
  const at = source.at + 700;
  const now = { ...source, at };
  const { executions } = source;
  const withExecution = (of: number, change: (execution: Execution) => Execution): RunSource => {
    const chosen = executions[of % Math.max(1, executions.length)];
    return { ...now, executions: executions.map((each) => (each === chosen ? change(each) : each)) };
  };
  switch (step.kind) {
    case 'start':
      return started(now, step.by, step.named, count);
    case 'events':
      return withExecution(step.of, (execution) => ({
        ...execution,
        events: [...execution.events, ...eventsOf(execution, step.types, at)],
      }));
    case 'end':
      return withExecution(step.of, (execution) => ({ ...execution, status: 'FAILED', stopDate: at, error: 'E' }));
    case 'batch':
      return withExecution(step.of, (execution) => withBatch(execution, step, at));
    case 'decide':
      return { ...now, decisions: decided(source.decisions, step.group, begin + step.second * 1_000 + at - begin) };
    case 'explain':
      return { ...now, verdicts: explained(now, step.of, step.sentence) };
    case 'section': {
      const change = { id: step.id, at, account: '', kind: 'fault' as const, resource: 'r', sentence: step.id };
      return { ...now, sections: { ...noSections, changes: [change] } };
    }
    case 'forget':
      return { ...now, executions: executions.slice(1), cut: [`executions: the newest of ${count}`] };
  }
}

function started(source: RunSource, by: number, named: boolean, count: number): RunSource {
  const { executions, at } = source;
  const parent = executions[by % Math.max(1, executions.length)];
  const executionArn = `arn:aws:states:us-east-1:111111111111:execution:machine${count % 2}:run-${count}`;
  const input = JSON.stringify(
    named && parent ? { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: parent.executionArn } : { count },
  );
  const execution: Execution = {
    executionArn,
    stateMachineArn: `arn:aws:states:us-east-1:111111111111:stateMachine:machine${count % 2}`,
    ...{ name: `run-${count}`, title: 'run', status: 'RUNNING', startDate: at, input, events: [], mapRuns: [] },
    definition: { StartAt: 'Work', States: { Work: { Type: 'Pass', End: true } } },
  };
  const submitted = (of: Execution): Execution => {
    const { length } = of.events;
    const output = JSON.stringify({ ExecutionArn: executionArn });
    const event = { id: length + 1, previousEventId: length, timestamp: at, type: 'TaskSubmitted' };
    return {
      ...of,
      events: [...of.events, { ...event, taskSubmittedEventDetails: { resourceType: 'states', output } }],
    };
  };
  const callers = executions.map((each) => (each === parent && !named ? submitted(each) : each));
  return { ...source, executions: [...callers, execution] };
}

function eventsOf({ events }: Execution, names: readonly string[], at: number): Execution['events'] {
  const rows = names.map((type, index) => [type, index, { name: `${type} ${events.length % 3}` }] as const);
  return history(...rows).map((event) => ({
    ...event,
    id: event.id + events.length,
    previousEventId: event.previousEventId + events.length,
    timestamp: at + event.id / 3,
  }));
}

function withBatch(
  execution: Execution,
  { index, after, ends }: Extract<Step, { kind: 'batch' }>,
  at: number,
): Execution {
  const [mapRun] = execution.mapRuns;
  const batches = mapRun?.batches ?? [];
  const known = batches.find((batch) => batch.index === index);
  const attempt: Batch['attempts'][number] = ends
    ? { startedAt: at - after, endedAt: at, status: after % 2 === 0 ? 'SUCCEEDED' : 'FAILED', error: `E${after % 3}` }
    : { startedAt: at - after, status: 'RUNNING' };
  const batch = {
    ...{ index, executionArn: `arn:child:${index}`, items: 3 },
    attempts: [...(known?.attempts.slice(0, 2) ?? []), attempt],
  };
  const changed = {
    ...{ mapRunArn: `${execution.executionArn}/map`, state: 'Map', startDate: execution.startDate, status: 'RUNNING' },
    batches: [...batches.filter((each) => each !== known), batch],
  };
  return { ...execution, mapRuns: [changed] };
}

/** Of the seconds of a group, the first and the last two are kept. */
function decided(decisions: readonly Decision[], group: number, at: number): readonly Decision[] {
  const id = `decision-${group}`;
  const second = Math.floor(at / 1_000) * 1_000;
  const known = decisions.find((each) => each.id === id);
  const last = known?.seconds.at(-1);
  const seconds: Decision['seconds'] =
    known && last && last[0] >= second
      ? [...known.seconds.slice(0, -1), [last[0], last[1] + 1]]
      : [...(known?.seconds ?? []), [second, 1]];
  const decision: Decision = {
    ...{ id, principal: 'p', action: 's3:GetObject', resource: '*', account: '1', verdict: 'allowed', denial: null },
    ...{ first: known?.first ?? at, last: at, times: (known?.times ?? 0) + 1 },
    seconds: seconds.length > 4 ? [...seconds.slice(0, 2), ...seconds.slice(-2)] : seconds,
  };
  return known ? decisions.map((each) => (each === known ? decision : each)) : [...decisions, decision];
}

function explained({ executions, verdicts }: RunSource, of: number, sentence: string): RunSource['verdicts'] {
  const chosen = executions[of % Math.max(1, executions.length)];
  if (!chosen) return [];
  const claim = {
    ...{ id: 'failed', gravity: 'bad' as const, sentence, execution: chosen.executionArn, since: 0, until: null },
    isCertain: true,
  };
  const verdict = { execution: chosen.executionArn, claims: [claim], evidence: [], fixes: [], runbook: null };
  const byArn = new Map([...verdicts, verdict].map((each) => [each.execution, each]));
  return executions.flatMap(({ executionArn }) => byArn.get(executionArn) ?? []);
}
