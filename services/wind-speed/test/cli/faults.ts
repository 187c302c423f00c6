import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { DeploymentRefused, type Sandbox } from '@crosswind/sandbox/sandbox';

type Handler = Sandbox['handlers'] extends ReadonlyMap<string, infer Value> ? Value : never;

/** A resource of a deployed stack, for example `crosswind-wind-speed-child/WeatherKey` and its account. */
export type Place = string;

/** True for resources that fail once. */
export type Meant = (resource: Pick<Resource, 'type' | 'logicalId'>, stack: Pick<Stack, 'name'>) => boolean;

type StackPlace = Pick<Stack, 'account' | 'region' | 'name'>;

export const stackIn = ({ account, region, name }: StackPlace): string => `${account} ${region} ${name}`;

export const placeIn = (stack: StackPlace, logicalId: string): Place => `${stackIn(stack)}/${logicalId}`;

/** A resource whose rollback fails. */
interface Stuck {
  readonly place: Place;
  readonly how: 'once' | 'for good';
}

/** A resource that a deletion has left. */
interface Left {
  readonly handler: Handler;
  readonly resource: Resource;
  readonly stack: Stack;
}

/**
 * Failures of resources in a sandbox: each that is meant fails once, one of each stack with each push. In each stack, the
 * rollback of another resource fails, too: first once, and in a later push for good.
 */
export class Faults {
  readonly #sandbox: Sandbox;
  readonly #isMeant: Meant;
  #failed = new Set<Place>();
  #stuck: Record<Stuck['how'], Set<string>> = { once: new Set(), 'for good': new Set() };
  /** Of this push, by stack. */
  readonly #failedNow = new Map<string, Place>();
  readonly #stuckNow = new Map<string, Stuck>();
  readonly #left = new Map<Place, Left>();
  #held: Promise<void> = Promise.resolve();

  constructor(sandbox: Sandbox, isMeant: Meant) {
    this.#sandbox = sandbox;
    this.#isMeant = isMeant;
    for (const [type, handler] of sandbox.handlers) sandbox.handlers.set(type, this.#failing(handler));
  }

  get failed(): readonly Place[] {
    return [...this.#failed];
  }

  /** Stacks in which a rollback failed. */
  get stuck(): Readonly<Record<Stuck['how'], readonly string[]>> {
    return { once: [...this.#stuck.once], 'for good': [...this.#stuck['for good']] };
  }

  /** True if this push had a failure. */
  get hasFailed(): boolean {
    return this.#failedNow.size > 0;
  }

  /** True if deletions have left resources. */
  get hasLeft(): boolean {
    return this.#left.size > 0;
  }

  /** Everything that is meant fails once more. */
  begin(): void {
    this.#failed = new Set();
    this.#stuck = { once: new Set(), 'for good': new Set() };
  }

  beginPush(): void {
    this.#failedNow.clear();
    this.#stuckNow.clear();
  }

  /** Lets nothing be created or changed until the returned function is called. */
  hold(): () => void {
    const { promise, resolve } = withResolvers();
    this.#held = promise;
    return resolve;
  }

  /**
   * Deletes what deletions have left.
   * @returns the types
   */
  async removeLeft(): Promise<readonly string[]> {
    const left = [...this.#left.values()];
    this.#left.clear();
    for (const { handler, resource, stack } of left) await handler.delete(resource, stack);
    return left.map(({ resource }) => resource.type);
  }

  #failing(handler: Handler): Handler {
    return {
      ...handler,
      create: (resource, stack, answer) => this.#tried(resource, stack, () => handler.create(resource, stack, answer)),
      update: (resource, before, stack, answer) =>
        this.#tried(resource, stack, () => handler.update(resource, before, stack, answer)),
      delete: (resource, stack) => this.#deleted(handler, resource, stack),
    };
  }

  /** Creates or changes a resource that does not fail now. That of a function fails after it has run. */
  async #tried(resource: Resource, stack: Stack, action: () => Promise<void> | void): Promise<void> {
    await this.#held;
    const place = placeIn(stack, resource.logicalId);
    if (this.#isStuck(resource, stack)) {
      throw new DeploymentRefused('InternalFailure', `${place} cannot be rolled back`);
    }
    const id = stackIn(stack);
    const isFirst = !this.#failedNow.has(id) && !this.#failed.has(place);
    if (!isFirst || !this.#isMeant(resource, stack)) return action();
    this.#failed.add(place);
    this.#failedNow.set(id, place);
    if (resource.type.startsWith('Custom::')) await action();
    throw new DeploymentRefused('InternalFailure', `${place} fails once`);
  }

  /** Deletes a resource; one that the deletion of its stack leaves is noted. */
  async #deleted(handler: Handler, resource: Resource, stack: Stack): Promise<void> {
    const place = placeIn(stack, resource.logicalId);
    try {
      if (this.#isStuck(resource, stack)) throw new DeploymentRefused('InternalFailure', `${place} cannot be deleted`);
      await handler.delete(resource, stack);
      this.#left.delete(place);
    } catch (error) {
      if (this.#statusOf(stack) === 'DELETE_IN_PROGRESS') this.#left.set(place, { handler, resource, stack });
      throw error;
    }
  }

  #statusOf(stack: Stack): string {
    return this.#sandbox.cloudFormation.stacks.find(stack, stack.name)?.status ?? '';
  }

  /** True if the rollback or the deletion of this resource fails now. */
  #isStuck({ logicalId }: Resource, stack: Stack): boolean {
    const status = this.#statusOf(stack);
    const [id, place] = [stackIn(stack), placeIn(stack, logicalId)];
    const now = this.#stuckNow.get(id);
    if (now) return now.place === place && now.how === 'for good' && /ROLLBACK_IN|^DELETE_IN/.test(status);
    const how = (['once', 'for good'] as const).find((each) => !this.#stuck[each].has(id));
    if (!how || !status.endsWith('ROLLBACK_IN_PROGRESS') || this.#failedNow.get(id) === place) return false;
    this.#stuck[how].add(id);
    this.#stuckNow.set(id, { place, how });
    return true;
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((resolved) => (resolve = resolved));
  return { promise, resolve };
}
