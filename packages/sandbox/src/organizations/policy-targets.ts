import { policyArn, targetArn } from './described.ts';
import type { Body, OrganizationApi } from './operation.ts';
import { OrganizationsError } from './organizations-error.ts';
import { type PolicyTarget, policyTypes } from './policy-store.ts';
import { type SimulatedOrganization, type Unit, unitTree } from './simulated-organization.ts';

/** The root, the units and the accounts of the organization. */
export function targetsOf(organization: SimulatedOrganization): readonly PolicyTarget[] {
  const root = unitTree(organization);
  const under = (unit: Unit): readonly PolicyTarget[] => [
    { id: unit.id, name: unit.name, type: unit === root ? 'ROOT' : 'ORGANIZATIONAL_UNIT' },
    ...unit.accounts.map(({ id, name }) => ({ id, name, type: 'ACCOUNT' as const })),
    ...unit.units.flatMap(under),
  ];
  return under(root);
}

export function targetNamed(organization: SimulatedOrganization, id: string): PolicyTarget {
  const found = targetsOf(organization).find((target) => target.id === id);
  if (found) return found;
  throw new OrganizationsError('TargetNotFoundException', `You specified a target that doesn't exist: ${id}`);
}

/** ARNs of the policy and the target that a request names; all must be allowed (Service Authorization Reference). */
export function resourcesIn({ organization, policies }: OrganizationApi, body: Body): readonly string[] {
  const { PolicyId, TargetId, RootId } = body;
  const policy = policyTypes.flatMap((type) => policies.ofType(type)).find(({ id }) => id === PolicyId);
  const target = targetsOf(organization).find(({ id }) => id === (TargetId ?? RootId));
  const arns = [
    ...(policy ? [policyArn(organization, policy)] : []),
    ...(target ? [targetArn(organization, target)] : []),
  ];
  return arns.length > 0 ? arns : ['*'];
}
