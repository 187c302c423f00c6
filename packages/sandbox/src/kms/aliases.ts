import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { textOf } from '@crosswind/aws/json';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { ResourceHandler } from '../service.ts';
import { keyArnOf, type Keys } from './keys.ts';

/** `AWS::KMS::Alias`: another name of a key. */
export function aliases({ onlyOnAws }: { readonly onlyOnAws: OnlyOnAws }, keys: Keys): ResourceHandler {
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
    keys.setAlias(keyArnOf(resource.name, stack), target);
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
      keys.removeAlias(keyArnOf(name, stack));
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
