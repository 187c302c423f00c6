import { isDistributed } from './definition.ts';
import type { Block, Leaving, State } from './definition.ts';
import { nameOf } from '../expressions/jsonpath/payload-template.ts';
import { within } from './shape.ts';

/**
 * An inner scope may read the variables of the scopes around it and not assign them; the processor of a Distributed
 * Map starts with no variables, and no scope around it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export function scopeProblems(block: Block, path = '', outer: ReadonlySet<string> = new Set()): readonly string[] {
  const states = Object.entries(block.States).map(([name, state]) => ({
    state,
    place: within(path, `States.${name}`),
  }));
  const visibleIn = (inside: State): ReadonlySet<string> =>
    new Set([
      ...outer,
      ...states.flatMap(({ state }) => (state === inside ? assignedAtEnd(state) : assignedIn(state))),
    ]);
  return states.flatMap(({ state, place }) => [
    ...assignedIn(state)
      .filter((name) => outer.has(name))
      .map((name) => `${place}.Assign.${name}: belongs to an outer scope, which can be read here but not assigned`),
    ...innerBlocks(state, place).flatMap(([inner, at, inherits]) =>
      scopeProblems(inner, at, inherits ? visibleIn(state) : new Set()),
    ),
  ]);
}

const assignedIn = (state: State): readonly string[] => [
  ...assignedAtEnd(state),
  ...namesIn(state, 'Catch' in state ? (state.Catch ?? []) : []),
];

/** Without its catchers, which may assign what a branch of the state assigns, as recorded. */
const assignedAtEnd = (state: State): readonly string[] =>
  namesIn(state, ['Assign' in state ? state : {}, ...(state.Type === 'Choice' ? state.Choices : [])]);

function namesIn(state: State, places: readonly Leaving[]): readonly string[] {
  const read = state.QueryLanguage === 'JSONPath' ? nameOf : (key: string): string => key;
  return places.flatMap(({ Assign = {} }) => Object.keys(Assign).map(read));
}

/** The blocks inside a state, each with its path and whether it sees the variables around it. */
export function innerBlocks(state: State, path: string): readonly (readonly [Block, string, boolean])[] {
  if (state.Type === 'Parallel') return state.Branches.map((each, i) => [each, `${path}.Branches[${i}]`, true]);
  if (state.Type === 'Map') return [[state.ItemProcessor, `${path}.ItemProcessor`, !isDistributed(state)]];
  return [];
}
