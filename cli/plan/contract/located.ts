import { isObject, type Json } from '@crosswind/aws/json';
import { isSame } from '../runs/field-changes.ts';
import type { ContractDifference, MissedValue } from '../runs/run-data.ts';
import { lastKey, leavesOf } from './leaves.ts';
import type { ExecutionOutcome, StateOutcome } from './sample-outcome.ts';
import type { Unexplained } from './unexplained.ts';

/** An execution in the mix, and the same one in the runs of one version. */
export interface Located {
  readonly mixed: ExecutionOutcome;
  /** With all stages of its own version. */
  readonly own: ExecutionOutcome | undefined;
  /** With all stages of the other version. */
  readonly other: ExecutionOutcome | undefined;
  /** Text of a state as the definition of its own version has it. */
  readonly textOf: (state: string) => string;
}

/** State in which a difference shows first, and the value that it misses. Pure. */
export function located({ what }: Unexplained, executions: Located): Pick<ContractDifference, 'state' | 'missed'> {
  const { mixed, own, textOf } = executions;
  // An object may be of any state.
  if (!own || what === 'object') return {};
  const state = what === 'output' || what === 'problems' ? firstUnexplained(executions) : lastTogether(mixed, own);
  if (!state) return {};
  const earlier = own.states.find(({ name }) => name === state.name);
  const missed = earlier && missedBy(state, earlier, `${textOf(state.name)} ${mixed.cause ?? ''}`);
  return { state: state.name, ...(missed && { missed }) };
}

/** The last state that both enter in the same order: there they part. */
function lastTogether({ states }: ExecutionOutcome, own: ExecutionOutcome): StateOutcome | undefined {
  const parting = states.findIndex(({ name }, index) => own.states[index]?.name !== name);
  return states.at(parting === -1 ? -1 : Math.max(parting - 1, 0));
}

/** The first state with an output that is not as in the runs of one version, else the last one. */
function firstUnexplained({ mixed, own, other }: Located): StateOutcome | undefined {
  const outputsOf = (name: string): readonly ReadonlyMap<string, Json>[] =>
    [own, other].map((run) => leavesOf(run?.states.find((state) => state.name === name)?.output));
  const found = mixed.states.find(({ name, output }) => {
    const [leaves, known] = [leavesOf(output), outputsOf(name)];
    const paths = new Set([leaves, ...known].flatMap((each) => [...each.keys()]));
    return [...paths].some((path) => known.every((each) => !isSame(each.get(path), leaves.get(path))));
  });
  return found ?? mixed.states.at(-1);
}

/** Value that the input of a state has among stages of one version, and in the mix not or as another type. */
function missedBy(state: StateOutcome, own: StateOutcome, text: string): MissedValue | undefined {
  const [expected, got] = [leavesOf(own.input), leavesOf(state.input)];
  const isNamed = (path: string): boolean => lastKey(path) !== '' && text.includes(lastKey(path));
  const missing = [...expected].filter(([path, value]) => kindOf(got.get(path)) !== kindOf(value));
  const [path, value] = missing.find(([each]) => isNamed(each)) ?? missing[0] ?? [];
  if (path === undefined || value === undefined) return undefined;
  const other = got.get(path);
  return { path, expected: value, ...(other !== undefined && { got: other }) };
}

const kindOf = (value: Json | undefined): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : isObject(value) ? 'object' : typeof value;
