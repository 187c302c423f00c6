import type { StackInput } from '../stacks/stack-input.ts';
import type { ValidationProblem } from '../stacks/stack-operation.ts';
import type { Plan } from './plan.ts';

/** A stack compared with an input. */
export interface Comparison extends Pick<Plan, 'changes'> {
  /** True if an update would be refused because nothing changes. */
  readonly isSame: boolean;
  readonly problems: readonly ValidationProblem[];
}

/** True if an input changes nothing of a stack that has another one. */
export const isSame = (before: StackInput, after: StackInput, { changes }: Plan): boolean =>
  changes.length === 0 &&
  JSON.stringify(before.tags) === JSON.stringify(after.tags) &&
  JSON.stringify(before.template.Outputs) === JSON.stringify(after.template.Outputs) &&
  JSON.stringify([...before.parameters]) === JSON.stringify([...after.parameters]);
