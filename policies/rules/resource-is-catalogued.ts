import type { Resource } from '@crosswind/assembly/resolve';
import { deploymentActions } from '@crosswind/aws/deployment';
import { unresolved } from '@crosswind/aws/json';
import type { AccountKind } from '../../config/account-kinds.ts';
import { isCatalogued, isNamedFor } from '../organization/catalogue.ts';
import { findingAt, type Rule, resources } from './rule.ts';

const file = 'policies/organization/catalogue.ts';

/** Types of IAM that the execution policy allows. It makes no users, and no policies that stand alone. */
const ofIam = ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::RolePolicy'];

export const resourceIsCatalogued: Rule = {
  id: 'DEPLOY-1',
  severity: 'error',
  requires: 'The execution role of an account may deploy every resource of its stacks.',
  because: 'CloudFormation would be refused in the middle of a deployment, and roll it back.',
  fix: `Use a service of the catalogue in ${file}, or add the service to it and deploy the baseline before the push; begin names with crosswind-.`,
  check: ({ possible, kinds }) =>
    kinds === undefined
      ? []
      : resources(possible).flatMap((at) => {
          const kind = kinds.get(at.stack.account);
          if (kind === undefined)
            return [findingAt(at, { property: 'Type', message: unknownAccount(at.stack.account) })];
          const message = refused(kind, at.resource.type) ?? misnamed(kind, at.resource);
          return message === undefined ? [] : [findingAt(at, { property: 'Type', message })];
        }),
};

/** CloudFormation begins most generated names with that of the stack, but not those of state machines. */
function misnamed(kind: AccountKind, { type, arn = '', name }: Resource): string | undefined {
  // Of a type that the assembly does not know, the form of the ARN is a guess, but not the name.
  if (
    arn === '' ||
    name.startsWith('crosswind-') ||
    name.includes(unresolved) ||
    deploymentActions(type).length === 0 ||
    isNamedFor(kind, arn)
  ) {
    return undefined;
  }
  return `accounts of kind ${kind} deploy ${type} under names of the platform only: expected one that begins with crosswind-, got ${name}`;
}

const unknownAccount = (account: string): string =>
  `account ${account} is none of the platform, so it has no baseline: expected one of platform.yaml`;

function refused(kind: AccountKind, type: string): string | undefined {
  if (type.startsWith('AWS::IAM::') && !ofIam.includes(type)) {
    return `accounts of kind ${kind} deploy no ${type}: expected one of ${ofIam.join(', ')}`;
  }
  const service = deploymentActions(type)
    .map((action) => action.slice(0, action.indexOf(':')))
    .find((prefix) => !isCatalogued(kind, prefix));
  return service === undefined
    ? undefined
    : `accounts of kind ${kind} deploy no ${type}: expected a service of ${file}, got ${service}`;
}
