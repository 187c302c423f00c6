import type { Block, Machine } from '../workflow/definition.ts';
import { isObject } from '../workflow/json.ts';
import { nameOf } from '../workflow/jsonpath/payload-template.ts';
import type { Integration } from './integration.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { startExecutionSync } from './start-execution-sync.ts';

/** Every service integration that the sandbox has; a machine that uses another one is refused when it is deployed. */
export const integrations: Readonly<Record<string, Integration>> = {
  'arn:aws:states:::lambda:invoke': lambdaInvoke,
  'arn:aws:states:::states:startExecution.sync:2': startExecutionSync,
};

/** The arguments that the integrations look at; any other one would be lost. */
const knownArguments: Readonly<Record<string, readonly string[]>> = {
  'arn:aws:states:::lambda:invoke': ['FunctionName', 'Payload'],
  'arn:aws:states:::states:startExecution.sync:2': ['StateMachineArn', 'Name', 'Input'],
};

/** What a machine asks of services that the sandbox does not have, each with its state. */
export function unsupportedResources(machine: Machine): readonly string[] {
  return statesOf(machine).flatMap(([name, state]) => {
    if (state.Type !== 'Task') return [];
    if (!integrations[state.Resource])
      return [`state "${name}": the sandbox does not support the integration ${state.Resource}`];
    if (state.Resource.includes('startExecution.sync') && !state.Credentials) {
      return [`state "${name}": the sandbox supports ${state.Resource} only with Credentials, in another account`];
    }
    const asked = isObject(state.Arguments) ? Object.keys(state.Arguments).map(nameOf) : [];
    return asked
      .filter((argument) => !knownArguments[state.Resource]?.includes(argument))
      .map((argument) => `state "${name}": the sandbox does not support the argument ${argument} of ${state.Resource}`);
  });
}

type NamedState = readonly [string, Block['States'][string]];

function statesOf(block: Block): readonly NamedState[] {
  return Object.entries(block.States).flatMap(([name, state]): readonly NamedState[] => {
    if (state.Type === 'Parallel') return [[name, state], ...state.Branches.flatMap(statesOf)];
    return state.Type === 'Map' ? [[name, state], ...statesOf(state.ItemProcessor)] : [[name, state]];
  });
}
