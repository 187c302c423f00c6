import type { Output } from '@crosswind/assembly/resolve';
import { textOf } from '@crosswind/aws/json';
import { withKnownAttributes } from '../later-attributes.ts';
import { answersOf, type DeployedStack } from '../stacks/stack.ts';

/** Outputs with what custom resources have answered. */
export function valuesOf(outputs: readonly Output[], stack: DeployedStack): readonly Output[] {
  const answers = answersOf(stack);
  return outputs.map((output) => ({
    ...output,
    value: textOf(withKnownAttributes({ value: output.value }, answers)['value']),
  }));
}
