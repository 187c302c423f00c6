import type { Stack } from '../resolve.ts';
import { bucketCalls } from './bucket-calls.ts';
import { codeCalls } from './code-calls.ts';
import { cloudFormationCalls } from './deployment-calls.ts';
import { deliveryCalls } from './delivery-calls.ts';
import { eventCalls } from './event-calls.ts';
import { functionCalls } from './function-calls.ts';
import { withImplied } from './implied-calls.ts';
import { placesOf } from './places.ts';
import type { PlannedCall } from './planned-call.ts';
import { pipelineCalls } from './pipeline-calls.ts';
import { trustCalls } from './trust-calls.ts';
import { workflowCalls } from './workflow-calls.ts';

/**
 * Every call that the resources of the stacks will make, with those that AWS makes for them, each once.
 * @param others stacks that are deployed by others and whose resources calls may name
 */
export function plannedCalls(stacks: readonly Stack[], others: readonly Stack[] = []): readonly PlannedCall[] {
  const places = placesOf([...others, ...stacks]);
  const calls = stacks.flatMap((stack) => [
    ...workflowCalls(stack, places),
    ...functionCalls(stack, places),
    ...codeCalls(stack, places),
    ...bucketCalls(stack, places),
    ...eventCalls(stack, places),
    ...deliveryCalls(stack, places),
    ...pipelineCalls(stack, places),
    ...trustCalls(stack, places),
  ]);
  const all = calls.flatMap((call) => withImplied(call, places));
  const each = new Map(all.map((call) => [JSON.stringify(call), call])).values();
  return [...each, ...cloudFormationCalls(stacks, others)];
}
