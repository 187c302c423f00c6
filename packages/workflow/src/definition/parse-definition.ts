import type { ExecutionType, Machine } from './definition.ts';
import { dialects } from './dialect.ts';
import { parsedJson, isArray, isObject } from '@crosswind/aws/json';
import { duplicateKey } from '@crosswind/aws/problem';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { MAX_SECONDS } from '../limits.ts';
import { labelProblems } from './map-labels.ts';
import { map } from './map-shapes.ts';
import type { QueryLanguage } from '../expressions/query.ts';
import { resolvedBlock } from './resolved-definition.ts';
import { integer, oneOf, record, show, text, within } from './shape.ts';
import type { Check } from './shape.ts';
import { nameProblems } from './state-names.ts';
import { BLOCK, choice, fail, parallel, pass, succeed, task, wait } from './state-shapes.ts';
import type { StateShape } from './state-shapes.ts';
import { unavailableStates } from '../expressions/states-variable.ts';
import { scopeProblems } from './variable-scopes.ts';

export type ParsedDefinition =
  { readonly ok: true; readonly machine: Machine } | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads a definition as CreateStateMachine would, and refuses what the sandbox cannot run: all problems at once, each
 * with its path. Nothing that gets through is skipped later.
 */
export function parseDefinition(source: string | object, type: ExecutionType = 'STANDARD'): ParsedDefinition {
  let definition: Json;
  try {
    definition = parsedJson(typeof source === 'string' ? source : JSON.stringify(source));
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    return { ok: false, problems: [`the definition ${problem}: ${String(error)}`] };
  }
  const duplicate = typeof source === 'string' ? duplicateKey(source) : undefined;
  if (duplicate !== undefined) return { ok: false, problems: [repeated(duplicate.key)] };
  const language = isObject(definition) && definition['QueryLanguage'] === 'JSONata' ? 'JSONata' : 'JSONPath';
  const problems = [...machineShape(definition, ''), ...block(language, type)(definition, '')];
  if (problems.length > 0 || !isObject(definition)) return { ok: false, problems };
  const machine = withoutZero(resolvedBlock(definition, language)) as unknown as Machine;
  const together = [scopeProblems, unavailableStates, labelProblems, nameProblems].flatMap((find) => find(machine));
  return together.length > 0 ? { ok: false, problems: together } : { ok: true, machine };
}

/**
 * AWS takes a timeout of 0, as measured (badmintoncryer/cdk-preflight, pf-sfn-asl-numeric-ranges, 2026-09-05). What it
 * does then is not known; assumed to be none.
 */
const withoutZero = ({ TimeoutSeconds, ...others }: JsonObject): JsonObject =>
  TimeoutSeconds === undefined || TimeoutSeconds === 0 ? others : { ...others, TimeoutSeconds };

/** AWS refuses two states of one name in one block (awslabs/statelint#39), which only a reader that looks for them sees. */
const repeated = (key: string): string =>
  `the definition has the key ${JSON.stringify(key)} twice in one object; keep one of them`;

const machineShape = record(BLOCK, {
  Comment: text,
  Version: oneOf('1.0'),
  QueryLanguage: oneOf('JSONata', 'JSONPath'),
  TimeoutSeconds: integer(0, MAX_SECONDS),
});

/** The states of a block: each for itself, then the ways between them. */
const block =
  (language: QueryLanguage, type: ExecutionType): Check =>
  (value, path) => {
    const states = isObject(value) ? value['States'] : undefined;
    if (!isObject(value) || !isObject(states)) return [`${within(path, 'States')}: must be an object`];
    const place = within(path, 'States');
    return [
      ...Object.entries(states).flatMap(([name, state]) => stateProblems(language, type, state, `${place}.${name}`)),
      ...Object.keys(states)
        .filter((name) => name.length > MAX_NAME)
        .map((name) => `${place}.${name}: INVALID_STATE_NAME: the name of a state has at most ${MAX_NAME} characters`),
      ...wayProblems(value, states, path),
    ];
  };

/** Maximum length of a state's name in events, in characters (StateEnteredEventDetails). */
const MAX_NAME = 80;

const shapes: ReadonlyMap<Json | undefined, StateShape> = new Map([
  ['Pass', pass],
  ['Task', task],
  ['Choice', choice],
  ['Wait', wait],
  ['Succeed', succeed],
  ['Fail', fail],
  ['Parallel', parallel],
  ['Map', map],
]);

function stateProblems(inherited: QueryLanguage, type: ExecutionType, state: Json, path: string): readonly string[] {
  if (!isObject(state)) return [`${path}: must be an object, got ${show(state)}`];
  const language = inherited === 'JSONata' || state['QueryLanguage'] === 'JSONata' ? 'JSONata' : 'JSONPath';
  const shape = shapes.get(state['Type']);
  if (!shape) return [`${path}.Type: must be a type of state, got ${show(state['Type'] ?? null)}`];
  return shape(dialects[language], type, (innerType) => block(inherited, innerType))(state, path);
}

const ENDS_BY_ITSELF: readonly (Json | undefined)[] = ['Choice', 'Succeed', 'Fail'];

/** Every way leads to a state, every state has a way out, and there is a way to every state. */
function wayProblems(value: JsonObject, states: JsonObject, path: string): readonly string[] {
  const known = (target: Json): boolean => typeof target === 'string' && Object.hasOwn(states, target);
  const place = within(path, 'States');
  const start = value['StartAt'] ?? null;
  const ways = Object.entries(states).map(([name, state]) => ({ name, state, targets: targetsOf(state) }));
  const dangling = ways.flatMap(({ name, targets }) =>
    targets
      .filter(([, to]) => !known(to))
      .map(([field, to]) => `${place}.${name}.${field}: MISSING_TRANSITION_TARGET: Missing 'Next' target: ${show(to)}`),
  );
  const undecided = ways
    .filter(({ state }) => isObject(state) && !ENDS_BY_ITSELF.includes(state['Type']))
    .filter(({ state }) => isObject(state) && 'Next' in state === 'End' in state)
    .map(({ name }) => `${place}.${name}: needs either Next or End`);
  const reached = reachable(start, new Map(ways.map(({ name, targets }) => [name, targets.map(([, to]) => to)])));
  const lonely = Object.keys(states)
    .filter((name) => !reached.has(name))
    .map(
      (name) =>
        `${place}.${name}: MISSING_TRANSITION_TARGET: State "${name}" is not reachable. StartAt does not lead here`,
    );
  const lost = known(start) ? [] : [`${within(path, 'StartAt')}: no state ${show(start)}`];
  const broken = [...lost, ...dangling, ...undecided];
  if (broken.length > 0) return [...broken, ...lonely];
  return Object.values(states).some(isTerminal) ? lonely : [`${place}: ${ENDLESS}`];
}

/** AWS has no message for states that cannot be reached when it has this one (floci-io/floci#2735). */
const ENDLESS =
  'MISSING_END_STATE: Workflow has no terminal state. Let a state have "End": true, or add a Succeed or Fail state';

const isTerminal = (state: Json): boolean =>
  isObject(state) && (state['End'] === true || state['Type'] === 'Succeed' || state['Type'] === 'Fail');

function reachable(start: Json, ways: ReadonlyMap<Json, readonly Json[]>): ReadonlySet<Json> {
  const reached = new Set([start]);
  for (const name of reached) for (const to of ways.get(name) ?? []) reached.add(to);
  return reached;
}

/** Where a state can lead, each with the field that says so. */
function targetsOf(state: Json): readonly (readonly [field: string, target: Json])[] {
  if (!isObject(state)) return [];
  const own = ['Next', 'Default'].flatMap((field) =>
    state[field] === undefined ? [] : [[field, state[field]] as const],
  );
  const listed = ['Choices', 'Catch'].flatMap((field) => {
    const list = state[field];
    if (!isArray(list)) return [];
    return list.map((each, i) => [`${field}[${i}].Next`, (isObject(each) ? each['Next'] : undefined) ?? null] as const);
  });
  return [...own, ...listed];
}
