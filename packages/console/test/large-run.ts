import type { RunSource } from '../src/server/snapshot.ts';
import { batchesOf, start, stuckRun } from './stuck-run.ts';

type Event = RunSource['executions'][number]['events'][number];

export interface Size {
  /**
   * Batches of the Map Run of the child.
   *
   * @default 6
   */
  readonly batches?: number;
  /**
   * Events of the parent, at least nine: states in a row, each with an attempt that failed.
   *
   * @default 9
   */
  readonly events?: number;
  /**
   * States that those events are of: one has all of them, or each has few.
   *
   * @default 50
   */
  readonly states?: number;
  /**
   * Runs besides the first one, each without events.
   *
   * @default 0
   */
  readonly runs?: number;
}

const eventsOfState = 7;

/** Events of the stuck parent until it has started its child. */
const eventsOfStart = 5;

/** Events of a state that is tried twice: seven in 400 ms. */
function stateEvents(index: number, name: string): readonly Event[] {
  const first = eventsOfStart + index * eventsOfState;
  const at = start + index * 400;
  const event = (after: number, type: string, more: number, details: object = {}) => ({
    ...{ id: first + after, previousEventId: index + after === 1 ? 1 : first + after - 1, timestamp: at + more, type },
    ...details,
  });
  return [
    event(1, 'TaskStateEntered', 0, { stateEnteredEventDetails: { name } }),
    event(2, 'TaskScheduled', 10),
    event(3, 'TaskStarted', 60),
    event(4, index % 5 === 0 ? 'TaskFailed' : 'TaskSucceeded', 150),
    event(5, 'TaskScheduled', 200),
    event(6, 'TaskStarted', 220),
    event(7, 'TaskStateExited', 380, { stateExitedEventDetails: { name } }),
  ];
}

/** The stuck run with more of everything. */
export function largeRun({ batches = 6, events = 9, states = 50, runs = 0 }: Size): RunSource {
  const source = stuckRun();
  const [parent, child] = source.executions;
  if (!parent || !child) throw new Error('the run has a parent and a child');
  const count = Math.floor((events - parent.events.length) / eventsOfState);
  const shift = count * eventsOfState;
  const own = [
    ...parent.events.slice(0, eventsOfStart),
    ...Array.from({ length: count }, (_, index) => stateEvents(index, `State ${index % states}`)).flat(),
    ...parent.events.slice(eventsOfStart).map((event, index) => ({
      ...event,
      id: event.id + shift,
      previousEventId: index === 0 ? eventsOfStart : event.previousEventId + shift,
    })),
  ];
  const inMap = child.mapRuns.map((mapRun) => ({ ...mapRun, batches: batchesOf(batches, batches > 6) }));
  const others = Array.from({ length: runs }, (_, index) => ({
    ...parent,
    name: `run-${index + 2}`,
    executionArn: `${parent.executionArn}-${index + 2}`,
    events: [],
  }));
  return { ...source, executions: [{ ...parent, events: own }, { ...child, mapRuns: inMap }, ...others] };
}
