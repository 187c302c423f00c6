import type { Machine, State } from '../definition/definition.ts';
import { isDistributed } from '../definition/definition.ts';
import { statesOf } from '../definition/states-of.ts';
import type { Answer, AslCase } from './read-cases.ts';

/** Thrown when a case cannot be run without an account: says what it would need. */
export class Refused extends Error {}

/** Hands out the answers of mocked states: one for each attempt, the last one again and again. */
export class Mocks {
  readonly #answers: AslCase['mocks'];
  readonly #attempts = new Map<string, number>();

  constructor(answers: AslCase['mocks'], machine: Machine) {
    this.#answers = answers;
    const states = new Map(statesOf(machine));
    for (const name of Object.keys(answers)) {
      const state = states.get(name);
      if (!state) throw new Refused(`mocks.${name}: there is no such state`);
      if (state.Type === 'Task' && answers[name]?.some(({ items }) => items))
        throw new Refused(`mocks.${name}: only a Distributed Map takes items`);
      if (!canBeMocked(state)) throw new Refused(`mocks.${name}: only a Task and a Distributed Map take a mock`);
    }
  }

  has(state: string): boolean {
    return Object.hasOwn(this.#answers, state);
  }

  /** The answer to the next attempt; without one the case is refused, because `needs` asks something of AWS. */
  next(state: string, needs: string): Answer {
    const answers = this.has(state) ? (this.#answers[state] ?? []) : [];
    const attempt = this.#attempts.get(state) ?? 0;
    this.#attempts.set(state, attempt + 1);
    const answer = answers[Math.min(attempt, answers.length - 1)];
    if (!answer) throw new Refused(`state "${state}" needs a mock: ${needs}`);
    return answer;
  }
}

const canBeMocked = (state: State): boolean => state.Type === 'Task' || (state.Type === 'Map' && isDistributed(state));
