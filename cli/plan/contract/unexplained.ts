import type { Json } from '@crosswind/aws/json';
import { isSame } from '../runs/field-changes.ts';
import { leavesOf } from './leaves.ts';
import type { ExecutionOutcome, SampleOutcome } from './sample-outcome.ts';
import type { ContractDifference } from '../runs/run-data.ts';

/** The same run with all stages old, with all stages new, and with some of each. */
export interface Outcomes {
  readonly old: SampleOutcome;
  readonly new: SampleOutcome;
  readonly mixed: SampleOutcome;
}

/** A part of the outcome of the mix that is neither as with the old nor as with the new stages. */
export interface Unexplained extends Pick<ContractDifference, 'what' | 'path' | 'object' | 'old' | 'new' | 'mixed'> {
  /** Place of the execution among those of the mix; that of the entry where it is about all of them. */
  readonly execution: number;
  /** Stage that is started more or less often. */
  readonly started?: string;
}

/** A value of each of the three. */
type Three<Value> = Readonly<Record<keyof Outcomes, Value>>;

const three = <Value, Other>(values: Three<Value>, of: (value: Value) => Other): Three<Other> => ({
  old: of(values.old),
  new: of(values.new),
  mixed: of(values.mixed),
});

/** All differences that neither version explains, the gravest first. Pure. */
export function unexplained(outcomes: Outcomes): readonly Unexplained[] {
  const executions = outcomes.mixed.executions.map((execution, index) => ({
    index,
    of: { ...three(outcomes, (outcome) => alike(outcome, outcomes.mixed, index)), mixed: execution },
  }));
  const parts = (['status', 'error', 'cause'] as const).flatMap((what) =>
    // A caller fails because of what it has called: the last one is the origin.
    executions.toReversed().flatMap(({ index, of }) => {
      const values = three(of, (execution) => execution?.[what]);
      return isExplained(values) ? [] : [{ what, execution: index, ...present(values) }];
    }),
  );
  return [
    ...parts,
    ...problemsIn(outcomes),
    ...executions.flatMap(({ index, of }) =>
      inValue(three(of, (execution) => execution?.output)).map((leaf) => ({
        ...leaf,
        what: 'output' as const,
        execution: index,
      })),
    ),
    ...numbersOf(outcomes),
    ...objectsIn(outcomes),
  ];
}

const isExplained = ({ old, new: young, mixed }: Three<Json | undefined>): boolean =>
  isSame(mixed, old) || isSame(mixed, young);

const present = (values: Three<Json | undefined>): Partial<Three<Json>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The execution of another run that is of the same stage, and as far behind in the order of its executions. */
export function alike(
  { executions }: SampleOutcome,
  mixed: SampleOutcome,
  index: number,
): ExecutionOutcome | undefined {
  const stage = mixed.executions[index]?.stage;
  const place = mixed.executions.slice(0, index).filter((earlier) => earlier.stage === stage).length;
  return executions.filter((execution) => execution.stage === stage)[place];
}

/** Leaves of a value that are neither as in the old nor as in the new one; absent is a value, too. */
function inValue(values: Three<Json | undefined>): readonly (Partial<Three<Json>> & { readonly path: string })[] {
  const leaves = three(values, (value) => leavesOf(value));
  const paths = new Set([...leaves.old.keys(), ...leaves.new.keys(), ...leaves.mixed.keys()]);
  return [...paths].flatMap((path) => {
    const at = three(leaves, (found) => found.get(path));
    return isExplained(at) ? [] : [{ path, ...present(at) }];
  });
}

/** The check of the sample finds something, which it does not in the run of one version at least. */
const problemsIn = (outcomes: Outcomes): readonly Unexplained[] => {
  const values = three(outcomes, ({ problems }) => problems);
  const isClean = values.old.length === 0 || values.new.length === 0;
  const isKnown = values.mixed.every((problem) => [...values.old, ...values.new].includes(problem));
  return isClean && !isKnown ? [{ what: 'problems', execution: 0, ...values }] : [];
};

/** Stages that are started more or less often. */
function numbersOf(outcomes: Outcomes): readonly Unexplained[] {
  const all = Object.values(outcomes).flatMap(({ executions }: SampleOutcome) => executions.map(({ stage }) => stage));
  return [...new Set(all)].flatMap((stage) => {
    const numbers = three(outcomes, ({ executions }) => executions.filter((each) => each.stage === stage).length);
    return isExplained(numbers) ? [] : [{ what: 'executions', execution: 0, started: stage, ...numbers }];
  });
}

function objectsIn(outcomes: Outcomes): readonly Unexplained[] {
  const objects = three(outcomes, (outcome) => outcome.objects);
  const names = new Set([...objects.old.keys(), ...objects.new.keys(), ...objects.mixed.keys()]);
  return [...names].flatMap((object) =>
    inValue(three(objects, (written) => written.get(object))).map((leaf) => ({
      ...leaf,
      what: 'object' as const,
      object,
      execution: 0,
    })),
  );
}
