import { listOf, textOf } from '@crosswind/aws/json';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Fault } from './faults.ts';

/**
 * Records a fault as a change of each resource that it has changed: of an inline policy as one of its roles.
 * @param planted stacks without and with the fault
 */
export function recordPlanted(
  { changes, identities }: Pick<Sandbox, 'changes' | 'identities'>,
  { title }: Fault,
  planted: readonly (readonly [Stack, Stack])[],
): void {
  for (const [before, { account, resources }] of planted) {
    for (const resource of resources.filter((each, index) => differs(each, before.resources[index]))) {
      for (const named of namesOf(resource)) {
        const role = identities.roleNamed(account, named)?.arn;
        changes.record({ account, kind: 'fault', resource: role ?? named, sentence: title });
      }
    }
  }
}

const differs = (one: Resource, other: Resource | undefined): boolean =>
  JSON.stringify(one.properties) !== JSON.stringify(other?.properties);

const namesOf = ({ type, arn, name, properties }: Resource): readonly string[] =>
  type === 'AWS::IAM::Policy' ? listOf(properties['Roles']).map(textOf) : [arn ?? name];
