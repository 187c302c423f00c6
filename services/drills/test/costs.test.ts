import { describe, expect, test } from 'vitest';
import { statesOf } from '@crosswind/assembly/cross-account-starts';
import { type StateMachineResource, stateMachinesOf } from '@crosswind/assembly/state-machines';
import { type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { prices } from '@crosswind/aws/prices';
import { mostDollars, mostTransitions } from '../drill-costs.ts';
import { type Drill, amounts, drillNames } from '../drill-input.ts';
import { synthesized } from './platform.ts';

const machine = (stage: string): StateMachineResource => {
  const found = synthesized()
    .stacks.flatMap(stateMachinesOf)
    .find(({ arn }) => arn.endsWith(`:crosswind-drills-${stage}`));
  if (!found) throw new Error(`no state machine of the ${stage}`);
  return found;
};

/** Items of a Map state at their most, from its definition: a list, or numbers up to an amount of the input. */
function mostItems({ Items: items }: JsonObject): number {
  const named = /^\{% \[1\.\.\$states\.input\.(\w+)\] %\}$/.exec(textOf(items))?.[1];
  if (named === undefined) return listOf(items).length;
  const { most } = Object.entries(amounts).find(([name]) => name === named)?.[1] ?? {};
  if (most === undefined) throw new Error(`the input has no bound for ${named}`);
  return most;
}

/** Next states of a Choice that an execution of the drill may enter, while a loop has rounds left or has none. */
function choices(state: JsonObject, drill: Drill, left: number): readonly string[] {
  const rules = listOf(state['Choices']).filter(isObject);
  const conditionOf = (rule: JsonObject) => textOf(rule['Condition']);
  const otherwise = textOf(state['Default']);
  const [own] = rules.filter((rule) => conditionOf(rule).includes(`$states.input.drill = '${drill}'`));
  if (own) return [textOf(own['Next'])];
  if (rules.every((rule) => conditionOf(rule).includes("$states.input.drill = '"))) return [otherwise];
  if (rules.every((rule) => conditionOf(rule) === '{% $states.input.left > 0 %}')) {
    return left > 0 ? rules.map((rule) => textOf(rule['Next'])) : [otherwise];
  }
  return [...rules.map((rule) => textOf(rule['Next'])), otherwise];
}

/** A run of a drill whose loops have these rounds. */
interface Walk {
  readonly drill: Drill;
  readonly rounds: number;
}

/** State transitions from a state to the end at most: every state that is entered, and every retry. */
function transitions(block: JsonObject, name: string, walk: Walk, left: number): number {
  const state = objectOf(objectOf(block['States'])[name]);
  const retries = listOf(state['Retry']).reduce<number>((sum, each) => sum + Number(objectOf(each)['MaxAttempts']), 0);
  const all = (inner: JsonObject): number => transitions(inner, textOf(inner['StartAt']), walk, walk.rounds);
  const iterations = isObject(state['ItemProcessor']) ? mostItems(state) * all(state['ItemProcessor']) : 0;
  const branches = listOf(state['Branches']).filter(isObject).map(all);
  const isRound = textOf(objectOf(state['Output'])['left']) === '{% $states.input.left - 1 %}';
  const chosen = state['Type'] === 'Choice' ? choices(state, walk.drill, left) : [textOf(state['Next'])];
  const caught = listOf(state['Catch']).map((each) => textOf(objectOf(each)['Next']));
  const after = [...chosen, ...caught]
    .filter((next) => next !== '')
    .map((next) => transitions(block, next, walk, isRound ? left - 1 : left));
  return 1 + retries + iterations + branches.reduce((sum, each) => sum + each, 0) + Math.max(0, ...after);
}

/** Every round of a loop enters the same states, so two walks give the number for all rounds. */
function ofMachine(stage: string, drill: Drill): number {
  const { definition } = machine(stage);
  const [two, three] = [2, 3].map((rounds) =>
    transitions(definition, textOf(definition['StartAt']), { drill, rounds }, 0),
  ) as [number, number];
  return two + (amounts.countdown.most - 2) * (three - two);
}

describe('one start', () => {
  test.each(drillNames)('of %s enters at most as many states as stated, by the definitions', (drill) => {
    expect(ofMachine('parent', drill) + ofMachine('child', drill)).toBe(mostTransitions(drill));
  });

  test.each<[Drill, number]>([
    ['healthy-parent', 0.01],
    ['stuck-parent', 0.01],
    ['open-map-runs', 0.01],
    ['transition-throttling', 5.26],
  ])('of %s costs at most $%d, its log lines included', (drill, dollars) => {
    expect(mostDollars(drill)).toBe(dollars);
    const ofStates = mostTransitions(drill) * prices.standardTransitions.dollars;
    expect(mostDollars(drill)).toBeGreaterThanOrEqual(1.02 * ofStates);
    expect(mostDollars(drill)).toBeLessThan(1.06 * ofStates + 0.01);
  });

  test.each(['parent', 'child', 'child-nested'])('has its most in the description of the %s workflow', (stage) => {
    const comment = textOf(machine(stage).definition['Comment']);
    for (const drill of drillNames) expect(comment).toContain(`$${mostDollars(drill).toFixed(2)} (${drill})`);
  });

  test('that begins in the account of the child enters no more states than one that begins in the other', () => {
    expect(statesOf(machine('child-nested').definition)).toHaveLength(1);
  });

  test('ends by itself: every workflow, Task and wait has an end', () => {
    const [parent, child] = ['parent', 'child'].map((stage) => Number(machine(stage).definition['TimeoutSeconds']));
    const tasks = statesOf(machine('parent').definition).filter(([, { Type }]) => Type === 'Task');
    expect(tasks.map(([name, { TimeoutSeconds }]) => [name, TimeoutSeconds])).toEqual([
      ['Start child', 160 * 60],
      ['Start child without states:DescribeExecution', 75 * 60],
    ]);
    expect([parent, child]).toEqual([170 * 60, 150 * 60]);
    const { definition: nested } = machine('child-nested');
    expect(nested['TimeoutSeconds']).toBe(170 * 60);
    expect(statesOf(nested).map(([, { TimeoutSeconds }]) => TimeoutSeconds)).toEqual([160 * 60]);
    // Map Runs of a second round wait in the backlog for the first to end.
    expect(child).toBeGreaterThan(2 * amounts.seconds.most);
    const waits = ['parent', 'child'].flatMap((stage) => statesOf(machine(stage).definition));
    expect(waits.filter(([, { Type }]) => Type === 'Wait').map(([, { Seconds }]) => Seconds)).toEqual([
      '{% $states.input.seconds %}',
      '{% $states.input.seconds %}',
    ]);
  });
});

describe('what is deployed', () => {
  /** Types without a price while nothing runs; a log group has one for each gigabyte that is written to it. */
  const free = ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::StepFunctions::StateMachine'];

  test('costs nothing in the accounts of the drills until one is started', () => {
    const stacks = synthesized().stacks.filter(({ path }) => path.startsWith('Crosswind/dev-drills/'));
    const types = stacks.flatMap(({ resources }) => resources.map(({ type }) => type));
    expect([...new Set(types)].filter((type) => type !== 'AWS::CDK::Metadata').sort()).toEqual(free);
  });

  test('keeps logs for a week', () => {
    const groups = synthesized()
      .stacks.filter(({ path }) => path.startsWith('Crosswind/dev-drills/'))
      .flatMap(({ resources }) => resources.filter(({ type }) => type === 'AWS::Logs::LogGroup'));
    expect(groups.map(({ properties }) => Number(properties['RetentionInDays']))).toEqual([7, 7, 7]);
  });
});
