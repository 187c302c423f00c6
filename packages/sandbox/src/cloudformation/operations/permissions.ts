import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { accountOf } from '@crosswind/aws/arn';
import { deploymentCalls, type Existing, type Operation as Doing, type Tags } from '@crosswind/aws/deployment';
import { partitionOf } from '@crosswind/aws/partition';
import type { AccessRequest } from '@crosswind/iam/request';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { Authorize } from '../../iam/authorizer.ts';
import type { Identities } from '../../iam/identities.ts';
import { checkedPolicy } from '../../iam/policies.ts';
import type { RolePrincipal } from '../../iam/sessions.ts';
import type { OpaqueResources } from '../opaque-resources.ts';
import { forbidden } from '../refusal.ts';

/** Who makes the calls of an operation. */
export interface Actor {
  readonly principal: RolePrincipal;
  /** True if CloudFormation calls with the caller's own session, because the stack has no role. */
  readonly isCaller: boolean;
}

export interface PermissionsPorts {
  readonly authorize: Authorize;
  readonly opaque: OpaqueResources;
  readonly identities: Pick<Identities, 'setResourcePolicy' | 'removeResourcePolicy'>;
  /** State of what an account holds under an ARN, as far as condition keys need it. */
  readonly existing: (arn: string) => Existing | undefined;
}

/** An operation on a resource, and the tags that its stack gives it. */
export interface Deed {
  readonly operation: Doing;
  /**
   * The resource as it was before an update.
   *
   * @default - it is no update
   */
  readonly before?: Resource;
  /** @default - none */
  readonly tags?: Tags;
  /** @default - those after the update */
  readonly tagsBefore?: Tags;
}

/** The calls that CloudFormation makes for a resource, each decided by the policies of the account. */
export class Permissions {
  readonly #ports: PermissionsPorts;

  constructor(ports: PermissionsPorts) {
    this.#ports = ports;
  }

  /**
   * Makes the calls of one operation.
   * @returns a remark, once for each type whose calls nobody knows
   * @throws DeploymentRefused for the first one that is denied
   */
  check(actor: Actor | undefined, deed: Deed, resource: Resource, stack: Stack): string | undefined {
    if (!actor) return undefined;
    const { arn = '', name, type, properties } = resource;
    if (type !== 'AWS::KMS::Key' || deed.operation !== 'create') return this.#check(actor, deed, resource, stack);
    // CreateKey takes the policy with it, which decides the calls after it.
    const { identities } = this.#ports;
    const code = 'MalformedPolicyDocumentException';
    identities.setResourcePolicy(
      arn,
      checkedPolicy(code, `key policy of ${name}`, properties['KeyPolicy'], 'resource'),
    );
    try {
      return this.#check(actor, deed, resource, stack);
    } finally {
      identities.removeResourcePolicy(arn);
    }
  }

  #check(actor: Actor, { operation, before, ...tags }: Deed, resource: Resource, stack: Stack): string | undefined {
    const { opaque, existing } = this.#ports;
    const { account, region } = stack;
    const { type, name, arn, properties } = resource;
    const calls = deploymentCalls(type, operation, {
      partition: partitionOf(region),
      account,
      region,
      name,
      arn,
      properties,
      before: before?.properties,
      existing,
      ...tags,
    });
    if (!calls) {
      return opaque.undecided(type)
        ? `permissions not decided: the sandbox does not know which calls a deployment of ${type} makes`
        : undefined;
    }
    for (const { action, resource: wanted, keys } of calls) this.call(actor, action, wanted, stack, keys);
    return undefined;
  }

  /**
   * Makes one call.
   * @throws DeploymentRefused if it is denied
   */
  call(
    actor: Actor | undefined,
    action: string,
    resource: string,
    environment: Environment,
    keys: AccessRequest['context'] = {},
  ): void {
    if (!actor) return;
    const request = callOf(actor, action, resource, environment, keys);
    const decision = this.#ports.authorize(request);
    if (decision.allowed) return;
    const service = action.slice(0, action.indexOf(':'));
    const message = `${denialMessage(request, decision)} (Service: ${service}, Status Code: 403)`;
    throw forbidden('AccessDenied', message, decision);
  }
}

/** A call of an operation, as IAM decides it. */
export const callOf = (
  { principal, isCaller }: Actor,
  action: string,
  resource: string,
  { account, region }: Environment,
  keys: AccessRequest['context'] = {},
): AccessRequest => ({
  principal,
  action,
  resource,
  resourceAccount: resource === '*' ? account : accountOf(resource) || account,
  context: {
    'aws:RequestedRegion': region,
    ...(isCaller && { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:ViaAWSService': 'true' }),
    ...keys,
  },
});
