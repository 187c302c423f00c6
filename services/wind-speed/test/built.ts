import type { StateMachineResource } from '@crosswind/assembly/state-machines';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { statesOf } from '@crosswind/assembly/cross-account-starts';
import type { JsonObject } from '@crosswind/aws/json';
import type { WindSpeedSettings } from '../contract.ts';
import { workload } from '../workload.ts';
import { stackAt, stackWith } from '../../../test/synthesized.ts';
import { synthesized } from './platform.ts';

export const address = {
  tenant: 'wind-speed',
  region: 'us-east-1',
  accounts: { parent: '333333333333', child: '444444444444' },
};

const organizationId = 'o-exampleorg1';

export const childWith = (settings: WindSpeedSettings) =>
  stackWith((stack) => {
    workload.build('child', stack, { address, wave: 'dev', settings, organizationId });
  });

export const parentWith = (settings: WindSpeedSettings) =>
  stackWith((stack) => {
    workload.build('parent', stack, { address, wave: 'dev', settings, organizationId });
  });

export const childPath = 'Crosswind/dev-wind-speed/Child';
export const parentPath = 'Crosswind/dev-wind-speed/Parent';

const paths = { parent: [parentPath, 'Parent'], child: [childPath, 'Child'], import: [childPath, 'Import'] } as const;

/** A state machine of the real platform's development accounts. */
export function machine(which: keyof typeof paths): StateMachineResource {
  const [path, id] = paths[which];
  const stack = stackAt(synthesized().stacks, path);
  const resource = stack.resources.find(
    ({ type, logicalId }) => type === 'AWS::StepFunctions::StateMachine' && logicalId.startsWith(`${id}Workflow`),
  );
  const found = stateMachinesOf(stack).find(({ arn }) => arn === resource?.arn);
  if (!found) throw new Error(`${path} has no state machine ${id}`);
  return found;
}

/** A state of that machine, however deep inside of maps. */
export function state(which: keyof typeof paths, name: string): JsonObject {
  const states = statesOf(machine(which).definition);
  const found = states.find(([candidate]) => candidate === name);
  if (!found) throw new Error(`no state "${name}" among ${states.map(([other]) => other).join(', ')}`);
  return found[1];
}
