import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument, PolicySource } from '@crosswind/iam/policy-document';
import type { AccountKind } from '../../config/account-kinds.ts';
import type { DecidingOrganization } from './decide-call.ts';

export interface OrganizationInProps {
  /** Id of the organization, for example `o-exampleorg1`. */
  readonly id: string;
  /** Kind of each account, by its id. */
  readonly kinds: ReadonlyMap<string, AccountKind>;
}

/**
 * The organization that an administrator makes with the policies next to the stacks of an assembly.
 * @param directory of the baselines in the assembly
 */
export function organizationIn(directory: string, { id, kinds }: OrganizationInProps): DecidingOrganization {
  const services = policiesIn(join(directory, 'service-control'));
  const resources = policiesIn(join(directory, 'resource-control'));
  return {
    id,
    // Each is for accounts of the kind that it is named after.
    scps: (account) => services.filter(({ name }) => name === `crosswind-${kinds.get(account) ?? ''}`),
    rcps: (account) => (kinds.has(account) ? resources : []),
  };
}

const policiesIn = (directory: string): readonly PolicySource[] =>
  existsSync(directory)
    ? readdirSync(directory).map((file) => ({
        name: file.replace(/\.json$/, ''),
        document: JSON.parse(readFileSync(join(directory, file), 'utf8')) as PolicyDocument,
      }))
    : [];
