import { deploymentActions } from '@crosswind/aws/deployment';
import type { AccountKind } from '../../config/account-kinds.ts';
import { isCatalogued } from '../organization/catalogue.ts';
import { findingAt, type Rule, resources } from './rule.ts';

const file = 'policies/organization/catalogue.ts';

/** Types of IAM that the execution policy allows. It makes no users, and no policies that stand alone. */
const ofIam = ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::RolePolicy'];

export const resourceIsCatalogued: Rule = {
  id: 'DEPLOY-1',
  severity: 'error',
  requires: 'The execution role of an account may deploy every resource of its stacks.',
  because: 'CloudFormation would be refused in the middle of a deployment, and roll it back.',
  fix: `Use a service of the catalogue in ${file}, or add the service to it and deploy the baseline before the push.`,
  check: ({ possible, kinds }) =>
    kinds === undefined
      ? []
      : resources(possible).flatMap((at) => {
          const kind = kinds.get(at.stack.account);
          const message = kind === undefined ? unknownAccount(at.stack.account) : refused(kind, at.resource.type);
          return message === undefined ? [] : [findingAt(at, { property: 'Type', message })];
        }),
};

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
