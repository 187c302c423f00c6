import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { textOf } from '@crosswind/aws/json';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { ResourceHandler } from '../service.ts';
import { keyArnOf, type Keys } from './keys.ts';
import type { KmsPorts } from './kms-ports.ts';

/** `AWS::KMS::Alias`: another name of a key. */
export function aliases({ identities, onlyOnAws }: KmsPorts, keys: Keys): ResourceHandler {
  const note = (keyArn: string): void => {
    identities.setContext(keyArn, { 'kms:ResourceAliases': keys.aliasesOf(keyArn) });
  };
  const put = (resource: Resource, stack: Stack): void => {
    const target = keyArnOf(textOf(resource.properties['TargetKeyId']), stack);
    const state = keys.key(target)?.state;
    if (state === undefined) {
      throw onlyOnAws.refusal(
        'key',
        target,
        new DeploymentRefused('NotFoundException', `Key '${target}' does not exist`),
      );
    }
    if (state === 'PendingDeletion') {
      throw new DeploymentRefused('KMSInvalidStateException', `${target} is pending deletion.`);
    }
    const alias = keyArnOf(resource.name, stack);
    const before = keys.targetOf(alias);
    keys.setAlias(alias, target);
    if (before !== undefined) note(before);
    note(target);
  };
  return {
    create: (resource, stack) => {
      const arn = keyArnOf(resource.name, stack);
      refuseName(resource.name);
      if (keys.targetOf(arn) !== undefined && !resource.mayBeAbsent) {
        throw new DeploymentRefused('AlreadyExistsException', `An alias with the name ${arn} already exists`);
      }
      put(resource, stack);
    },
    update: (resource, _, stack) => {
      const arn = keyArnOf(resource.name, stack);
      if (keys.targetOf(arn) === undefined) {
        throw new DeploymentRefused('NotFoundException', `Alias ${arn} is not found.`);
      }
      put(resource, stack);
    },
    delete: ({ name }, stack) => {
      const alias = keyArnOf(name, stack);
      const target = keys.targetOf(alias);
      keys.removeAlias(alias);
      if (target !== undefined) note(target);
    },
    read: ({ name, properties }, stack) => {
      const target = keys.targetOf(keyArnOf(name, stack));
      if (target === undefined) return undefined;
      const written = textOf(properties['TargetKeyId']);
      return { AliasName: name, TargetKeyId: keyArnOf(written, stack) === target ? written : target };
    },
  };
}

/** Names that CreateAlias takes (AWS KMS API: "CreateAlias", AliasName). */
function refuseName(name: string): void {
  if (!name.startsWith('alias/')) throw new DeploymentRefused('ValidationException', 'Invalid identifier');
  if (/^alias\/aws(\/|$)/.test(name))
    throw new DeploymentRefused('NotAuthorizedException', `${name} is reserved for AWS`);
  if (!/^[\w/-]+$/.test(name)) {
    throw new DeploymentRefused('InvalidAliasNameException', `${name} contains invalid characters for an alias`);
  }
}
