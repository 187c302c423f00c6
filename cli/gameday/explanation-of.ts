import type { Explanation } from '../why/explanation.ts';
import { explainInSandbox } from '../why/sources/sandbox.ts';
import type { Arena } from './arena.ts';

/** How `crosswind why` explains the last run of the tenant's entry, or of a further workflow that was started later. */
export function explanationOf({ sandbox, tenant: { name, deployed } }: Arena): Explanation {
  const { stages } = deployed;
  const [entry] = stages;
  // Names of further workflows begin with that of the stage (address.ts).
  const isFurther = (arn: string): boolean =>
    stages.some(({ stateMachineArn }) => arn.startsWith(`${stateMachineArn}-`));
  const last = sandbox.executions
    .all()
    .findLast(({ machine: { arn } }) => arn === entry?.stateMachineArn || isFurther(arn));
  const of = last && isFurther(last.machine.arn) ? last.arn : undefined;
  return explainInSandbox(sandbox, { stages, of, tenant: name });
}
