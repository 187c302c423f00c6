import type { ResourceChange } from '../stacks/resource-change.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { problemsOf, replacementOf, validationFailure } from '@crosswind/aws/resource-types';
import { filledIn } from '../later-attributes.ts';
import type { OnDenied } from '../denied-call.ts';
import { DeploymentRefused } from '../refusal.ts';
import type { Provider } from '../resources/provider.ts';
import { answersOf, type DeployedStack } from '../stacks/stack.ts';
import type { ResourceStatus, StackStatus } from '../stacks/statuses.ts';
import type { Stacks } from '../stacks/stacks.ts';
import { reasonOf } from './failure-reason.ts';
import { History } from './history.ts';
import type { Actor, Deed } from './permissions.ts';
import { type ReferencePorts, referenced } from './referenced.ts';
import type { Request } from './request.ts';
import { answeredBy, attemptOf, shownOf, startOf } from './resource-state.ts';

export interface OperationPorts extends ReferencePorts {
  readonly stacks: Stacks;
  readonly provider: Provider;
  readonly onDenied: OnDenied;
  /** Called after an update of a stack, with its resources before. */
  readonly onUpdated: (
    stack: DeployedStack,
    before: ReadonlyMap<string, StackResource>,
    changes: readonly ResourceChange[],
  ) => void;
  /** Called after a stack was deleted. */
  readonly onDeleted: (stack: DeployedStack) => void;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
}

/** How one resource replaces another. */
export interface Replacement {
  /** Distinguishes its name from that of the one before. */
  readonly salt: string | undefined;
  /** True if it is not done, because it could not be kept if the update fails. */
  readonly isRefused: boolean;
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
  /** True if a rollback deletes what is new, whatever its policy is ("CreateStack", RetainExceptOnCreate). */
  readonly deletesNew: boolean;
  readonly history: History;
  readonly #actor: Actor | undefined;

  constructor(ports: OperationPorts, stack: DeployedStack, { actor, requestToken, deletesNew = false }: Request) {
    this.ports = ports;
    this.stack = stack;
    this.deletesNew = deletesNew;
    this.history = new History(stack, ports.now, requestToken);
    this.#actor = actor;
  }

  /** The stack has another status from now on. */
  become(status: StackStatus, reason?: string): void {
    this.history.become(status, reason);
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
      const before = startOf(existing, resource);
      keep({ ...existing, attempted: attemptOf(existing, resource) });
      const { failure } = replacementOf(resource.type, before.properties, resource.properties);
      if (failure) throw new DeploymentRefused('NotUpdatable', failure(existing.physicalId));
      this.#validate(resource);
      this.#ask({ operation: 'update', before }, resource, place);
      let changed: Omit<StackResource, 'status'> = { ...existing, deployed: resource };
      await this.ports.provider.update(resource, before, place, (answered) => {
        changed = answeredBy(existing, resource, answered);
      });
      keep({ ...changed, attempted: undefined });
    });
  }

  /**
   * Brings a resource whose change failed back to what it was, as far as that works (User Guide: "Choose how to handle
   * failures when provisioning resources"). The documentation names no events for it.
   */
  async setBack(place: Stack, logicalId: string): Promise<void> {
    const existing = this.stack.resources.get(logicalId);
    if (!existing?.deployed || !existing.attempted) return;
    const { deployed, attempted } = existing;
    try {
      this.#ask({ operation: 'update', before: attempted }, deployed, place);
      await this.ports.provider.update(deployed, attempted, place, () => undefined);
      this.stack.resources.set(logicalId, { ...existing, attempted: undefined });
    } catch (error) {
      if (!(error instanceof DeploymentRefused)) throw error;
    }
  }

  /** Creates another resource in the place of one that stays until the update is complete. */
  replace(place: Stack, wanted: Resource, existing: StackResource, props: Replacement): Promise<boolean> {
    const why = 'Requested update requires the creation of a new physical resource; hence creating one.';
    return this.#tried(
      'UPDATE',
      existing,
      wanted,
      (resource, keep) => {
        if (props.isRefused) {
          const message = 'Replacement type updates not supported on stack with disable-rollback.';
          throw new DeploymentRefused('ValidationError', message);
        }
        if (resource.ref === existing.physicalId) {
          const message = `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${resource.ref} and update the stack again.`;
          throw new DeploymentRefused('ValidationError', message);
        }
        return this.#created(resource, place, (made) => {
          keep({ ...made, salt: props.salt, attempted: undefined });
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
      await this.deleted(resource, place);
      keep({ ...existing, deployed: undefined });
    });
  }

  #ask(deed: Pick<Deed, 'operation' | 'before'>, resource: Resource, place: Stack): void {
    const { permissions } = this.ports;
    const remark = permissions.check(this.#actor, deed, resource, place);
    this.#remark ??= remark;
  }

  /** Deletes a resource without a word in the history. */
  async deleted(resource: Resource, place: Stack): Promise<void> {
    this.#ask({ operation: 'delete' }, resource, place);
    await this.ports.provider.delete(resource, place);
  }

  /** Leaves a resource where it is and forgets it, as its policy says. */
  skip(existing: StackResource): void {
    this.#settle({ ...existing, deployed: undefined }, 'DELETE_SKIPPED', undefined, existing.deployed);
  }

  /** The resource counts again as what it was before. */
  restore(before: StackResource): void {
    this.#settle({ ...before, attempted: undefined }, 'UPDATE_COMPLETE');
  }

  /** Does something to a resource between its two events. */
  async #tried(
    verb: Verb,
    existing: Omit<StackResource, 'status'>,
    wanted: Resource,
    action: (resource: Resource, keep: Keep) => Promise<void>,
    why?: string,
  ): Promise<boolean> {
    const shown = verb === 'DELETE' ? existing.shown : shownOf(wanted, this.stack);
    this.#settle({ ...existing, shown }, `${verb}_IN_PROGRESS`, why, wanted);
    this.#remark = undefined;
    let latest: Omit<StackResource, 'status'> = { ...existing, shown };
    try {
      const { resource: filled, references } = referenced(
        this.ports,
        this.#actor,
        filledIn(wanted, answersOf(this.stack)),
        this.stack,
      );
      await action(filled, (resource) => {
        latest = { ...existing, references, ...resource, shown };
      });
      if (verb !== 'DELETE' && latest.physicalId !== existing.physicalId)
        this.#initiated(latest, `${verb}_IN_PROGRESS`);
      this.#settle(latest, `${verb}_COMPLETE`, this.#remark, wanted);
      return true;
    } catch (error) {
      if (!(error instanceof DeploymentRefused)) throw error;
      this.refused ??= { resource: wanted, error };
      this.reportDenied(existing, error);
      const failed = verb === 'CREATE' ? latest : { ...existing, shown, attempted: latest.attempted };
      this.#settle(failed, `${verb}_FAILED`, reasonOf(error), wanted);
      return false;
    }
  }

  /** Reports which permission was missing, unless nobody acts: then the refusal is thrown. */
  reportDenied({ logicalId, type }: Omit<StackResource, 'status'>, { denied }: DeploymentRefused): void {
    if (!denied || !this.#actor) return;
    const { name: stack, account, region } = this.stack;
    this.ports.onDenied({ stack, account, region, resource: { logicalId, type }, denied });
  }

  #initiated({ logicalId, type, physicalId, shown }: Omit<StackResource, 'status'>, status: ResourceStatus): void {
    const reason = 'Resource creation Initiated';
    this.history.record({ logicalId, type, physicalId, status, reason, properties: shown });
  }

  #settle(
    resource: Omit<StackResource, 'status'>,
    status: ResourceStatus,
    reason?: string,
    wanted: Resource | undefined = resource.deployed,
  ): void {
    const { logicalId, type, physicalId, shown: properties = wanted?.properties } = resource;
    this.stack.resources.set(logicalId, { ...resource, status, reason, updatedAt: this.ports.now() });
    this.history.record({ logicalId, physicalId, type, status, reason, properties });
  }
}

/** Keeps the state of a resource that an operation has reached. */
type Keep = (resource: Omit<StackResource, 'status'>) => void;
