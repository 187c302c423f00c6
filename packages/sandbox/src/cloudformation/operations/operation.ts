import type { StackResource } from '../stacks/stack-resource.ts';
import { randomUUID } from 'node:crypto';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { refAttribute } from '@crosswind/assembly/resource-identity';
import { problemsOf, replacementOf, validationFailure } from '@crosswind/aws/resource-types';
import type { Answered } from '../../service.ts';
import { filledIn } from '../later-attributes.ts';
import { DeploymentRefused } from '../refusal.ts';
import type { Provider } from '../resources/provider.ts';
import { answersOf, type DeployedStack } from '../stacks/stack.ts';
import type { ResourceStatus, StackStatus } from '../stacks/statuses.ts';
import type { Stacks } from '../stacks/stacks.ts';
import type { Actor, Deed, Permissions } from './permissions.ts';

export interface OperationPorts {
  readonly stacks: Stacks;
  readonly provider: Provider;
  readonly permissions: Permissions;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
}

type Verb = 'CREATE' | 'UPDATE' | 'DELETE';

/** An operation on a stack while it runs: what it does to resources, and what it writes into the stack's history. */
export class Operation {
  readonly stack: DeployedStack;
  readonly ports: OperationPorts;
  /** The first resource that failed, and why. */
  refused?: { readonly resource: Resource; readonly error: DeploymentRefused };
  /** Remark on the resource that is worked on, for its last event. */
  #remark: string | undefined;
  readonly #actor: Actor | undefined;
  readonly #requestToken: string | undefined;

  /** @param actor who acts; undefined if nobody does, so that nothing is denied */
  constructor(ports: OperationPorts, stack: DeployedStack, actor: Actor | undefined, requestToken?: string) {
    this.ports = ports;
    this.stack = stack;
    this.#actor = actor;
    this.#requestToken = requestToken;
  }

  /** The stack has another status from now on. */
  become(status: StackStatus, reason?: string): void {
    const { stack } = this;
    stack.status = status;
    stack.statusReason = reason;
    this.#record({ logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack', status, reason });
  }

  /** Creates a resource; returns false if that failed. The history says why. */
  create(place: Stack, wanted: Resource, salt?: string): Promise<boolean> {
    const { logicalId, type } = wanted;
    const begun = { logicalId, type, physicalId: '', salt, updatedAt: 0 };
    return this.#tried('CREATE', begun, wanted, (resource, keep) => this.#created(resource, place, keep));
  }

  /** Changes a resource in place; returns false if that failed. */
  update(place: Stack, wanted: Resource, existing: StackResource): Promise<boolean> {
    return this.#tried('UPDATE', existing, wanted, async (resource, keep) => {
      const before = existing.deployed ?? resource;
      const { failure } = replacementOf(resource.type, before.properties, resource.properties);
      if (failure) throw new DeploymentRefused('NotUpdatable', failure(existing.physicalId));
      this.#validate(resource);
      this.#ask({ operation: 'update', before }, resource, place);
      keep({ ...existing, deployed: resource });
      await this.ports.provider.update(resource, before, place, (answered) => {
        keep(answeredBy(existing, resource, answered));
      });
    });
  }

  /** Creates another resource in the place of one that stays until the update is complete. */
  replace(place: Stack, wanted: Resource, existing: StackResource, salt?: string): Promise<boolean> {
    const why = 'Requested update requires the creation of a new physical resource; hence creating one.';
    return this.#tried(
      'UPDATE',
      existing,
      wanted,
      (resource, keep) => {
        if (resource.ref === existing.physicalId) {
          const message = `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${resource.ref} and update the stack again.`;
          throw new DeploymentRefused('ValidationError', message);
        }
        return this.#created(resource, place, (made) => {
          keep({ ...made, salt });
        });
      },
      why,
    );
  }

  async #created(resource: Resource, place: Stack, keep: Keep): Promise<void> {
    this.#validate(resource);
    this.#ask({ operation: 'create' }, resource, place);
    const { logicalId, type, ref } = resource;
    const made = { logicalId, type, physicalId: ref, deployed: resource, updatedAt: 0 };
    let latest: Omit<StackResource, 'status'> = made;
    await this.ports.provider.create(resource, place, (answered) => {
      latest = answeredBy(made, resource, answered);
      // A resource that fails may have an id, and is deleted with that.
      keep(latest);
    });
    keep(latest);
  }

  #validate({ logicalId, type, properties }: Resource): void {
    const problems = problemsOf(type, properties);
    if (problems.length > 0) throw new DeploymentRefused('ValidationError', validationFailure(logicalId, problems));
  }

  /** Deletes a resource; returns false if that failed. One that was never created is gone already. */
  delete(place: Stack, existing: StackResource): Promise<boolean> {
    if (!existing.deployed) {
      this.#settle(existing, 'DELETE_COMPLETE');
      return Promise.resolve(true);
    }
    return this.#tried('DELETE', existing, existing.deployed, async (resource, keep) => {
      await this.#deleted(resource, place);
      keep({ ...existing, deployed: undefined });
    });
  }

  /** Deletes a resource that another has replaced, or that was made in vain; the stack's own resource stays. */
  async deleteOld(place: Stack, old: StackResource): Promise<void> {
    const { logicalId, type, physicalId, deployed } = old;
    const event = { logicalId, type, physicalId, properties: deployed?.properties };
    if (deployed) this.#record({ ...event, status: 'DELETE_IN_PROGRESS' });
    try {
      if (deployed) await this.#deleted(deployed, place);
      this.#record({ ...event, status: 'DELETE_COMPLETE' });
    } catch (error) {
      if (!(error instanceof DeploymentRefused)) throw error;
      this.#record({ ...event, status: 'DELETE_FAILED', reason: reasonOf(error) });
    }
  }

  #ask(deed: Pick<Deed, 'operation' | 'before'>, resource: Resource, place: Stack): void {
    const { permissions } = this.ports;
    this.#remark ??= permissions.check(this.#actor, { ...deed, tags: this.stack.input?.tags }, resource, place);
  }

  async #deleted(resource: Resource, place: Stack): Promise<void> {
    this.#ask({ operation: 'delete' }, resource, place);
    await this.ports.provider.delete(resource, place);
  }

  /** Leaves a resource where it is and forgets it, as its policy says. */
  skip(existing: StackResource): void {
    this.#settle({ ...existing, deployed: undefined }, 'DELETE_SKIPPED', undefined, existing.deployed);
  }

  /** The resource counts again as what it was before. */
  restore(before: StackResource): void {
    this.#settle(before, 'UPDATE_COMPLETE');
  }

  /** Does something to a resource between its two events. */
  async #tried(
    verb: Verb,
    existing: Omit<StackResource, 'status'>,
    wanted: Resource | undefined,
    action: (resource: Resource, keep: Keep) => Promise<void>,
    why?: string,
  ): Promise<boolean> {
    this.#settle(existing, `${verb}_IN_PROGRESS`, why, wanted);
    this.#remark = undefined;
    let latest = existing;
    const keep: Keep = (resource) => {
      latest = { ...existing, ...resource };
    };
    try {
      if (wanted) await action(filledIn(wanted, answersOf(this.stack)), keep);
      if (verb !== 'DELETE' && latest.physicalId !== existing.physicalId)
        this.#initiated(latest, `${verb}_IN_PROGRESS`);
      this.#settle(latest, `${verb}_COMPLETE`, this.#remark, wanted);
      return true;
    } catch (error) {
      if (!(error instanceof DeploymentRefused)) throw error;
      if (wanted) this.refused ??= { resource: wanted, error };
      this.#settle(verb === 'CREATE' ? latest : existing, `${verb}_FAILED`, reasonOf(error), wanted);
      return false;
    }
  }

  #initiated({ logicalId, type, physicalId, deployed }: Omit<StackResource, 'status'>, status: ResourceStatus): void {
    const reason = 'Resource creation Initiated';
    this.#record({ logicalId, type, physicalId, status, reason, properties: deployed?.properties });
  }

  #settle(
    resource: Omit<StackResource, 'status'>,
    status: ResourceStatus,
    reason?: string,
    wanted: Resource | undefined = resource.deployed,
  ): void {
    const { logicalId, type, physicalId } = resource;
    this.stack.resources.set(logicalId, { ...resource, status, reason, updatedAt: this.ports.now() });
    this.#record({ logicalId, physicalId, type, status, reason, properties: wanted?.properties });
  }

  #record(event: Omit<DeployedStack['events'][number], 'id' | 'at' | 'requestToken'>): void {
    // Clients sort events by their times, so that no two of a stack have the same.
    const last = this.stack.events.at(-1)?.at ?? 0;
    const at = Math.max(this.ports.now(), last + 1);
    this.stack.events.push({ ...event, id: randomUUID(), at, requestToken: this.#requestToken });
  }
}

/** Keeps the state of a resource that an operation has reached. */
type Keep = (resource: Omit<StackResource, 'status'>) => void;

/** A resource with the id and attributes that a custom resource's function answers. */
function answeredBy(
  existing: Omit<StackResource, 'status'>,
  resource: Resource,
  { physicalId = resource.ref, attributes }: Answered,
): Omit<StackResource, 'status'> {
  const deployed = { ...resource, name: physicalId, ref: physicalId };
  return { ...existing, physicalId, deployed, attributes: { ...attributes, [refAttribute]: physicalId } };
}

/** AWS's sentence for the failure of a resource handler (User Guide: "Troubleshooting CloudFormation"). */
const reasonOf = ({ code, message }: DeploymentRefused): string =>
  code === 'ValidationError'
    ? message
    : `Resource handler returned message: "${message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${handlerCode(code)})`;

/** Codes of resource handlers (CloudFormation CLI User Guide: "Handler error codes"). */
function handlerCode(code: string): string {
  if (/AlreadyExists|AlreadyOwned|ResourceConflict|EntityAlreadyExists|BucketAlreadyExists/.test(code))
    return 'AlreadyExists';
  if (code === 'NotUpdatable') return code;
  if (code.includes('AccessDenied')) return 'AccessDenied';
  if (/NotFound|NoSuch/.test(code)) return 'NotFound';
  return /Invalid|Malformed|Validation/.test(code) ? 'InvalidRequest' : 'GeneralServiceException';
}
