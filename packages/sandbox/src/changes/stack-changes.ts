import { type Json, listOf, textOf } from '@crosswind/aws/json';
import type { ResourceChange } from '../cloudformation/stacks/resource-change.ts';
import type { DeployedStack } from '../cloudformation/stacks/stack.ts';
import type { StackResource } from '../cloudformation/stacks/stack-resource.ts';
import type { Identities } from '../iam/identities.ts';
import type { Change } from './change-log.ts';
import { difference } from './difference.ts';

type Changed = Omit<Change, 'id' | 'at'>;

/**
 * Changes that an update of a stack has made. That of an inline policy counts for each role that has it, because the role is
 * the principal of later decisions.
 * @param before resources of the stack before the update, by logical id
 */
export function stackChanges(
  identities: Pick<Identities, 'roleNamed'>,
  { name: stack, account, resources }: Pick<DeployedStack, 'name' | 'account' | 'resources'>,
  before: ReadonlyMap<string, StackResource>,
  changes: readonly ResourceChange[],
): readonly Changed[] {
  return changes.flatMap((change) => {
    const what = whatOf(change);
    if (what === undefined) return [];
    const { logicalId, physicalId = '' } = change;
    const { deployed, physicalId: known = physicalId } = resources.get(logicalId) ?? before.get(logicalId) ?? {};
    const subject = `${logicalId} (${change.type})`;
    const roles = change.type === 'AWS::IAM::Policy' ? listOf(deployed?.properties['Roles']).map(textOf) : [];
    const policies = roles.map((name): Changed => ({
      account,
      kind: 'stack',
      resource: identities.roleNamed(account, name)?.arn ?? name,
      sentence: `stack ${stack} ${what} ${subject}, a policy of the role ${name}${detailsOf(change)}`,
    }));
    if (policies.length > 0) return policies;
    const resource = deployed?.arn ?? known;
    return [{ account, kind: 'stack', resource, sentence: `stack ${stack} ${what} ${subject}${detailsOf(change)}` }];
  });
}

function whatOf({ action, replacement, properties }: ResourceChange): string | undefined {
  if (action === 'Add') return 'created';
  if (action === 'Remove') return 'deleted';
  if (replacement === 'True') return 'replaced';
  // Only its metadata or its policies changed.
  return properties.length === 0 ? undefined : 'changed';
}

function detailsOf({ properties }: ResourceChange): string {
  const names = [...new Set(properties.map(({ name }) => name))];
  const texts = names.map((name) => {
    // Values of a list that move up are no difference.
    const parts = properties.filter((part) => part.name === name);
    return `${name} ${difference(valuesOf(parts, 'before'), valuesOf(parts, 'after'))}`;
  });
  return texts.length === 0 ? '' : `: ${texts.join('; ')}`;
}

const valuesOf = (parts: ResourceChange['properties'], when: 'before' | 'after'): readonly Json[] =>
  parts.flatMap((part) => part[when] ?? []);
