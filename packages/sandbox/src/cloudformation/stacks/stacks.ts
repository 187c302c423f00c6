import { randomUUID } from 'node:crypto';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Output } from '@crosswind/assembly/resolve';
import { partitionOf } from '@crosswind/aws/partition';
import { DeployedStack } from './stack.ts';

/** A value that stacks of the same account and region may import. */
export interface StackExport {
  readonly name: string;
  readonly value: string;
  readonly stack: DeployedStack;
}

/** The stacks of every account and region, those that were deleted too. */
export class Stacks {
  readonly #byId = new Map<string, DeployedStack>();
  readonly #living = new Map<string, DeployedStack>();
  readonly #incarnations = new Map<string, number>();

  /** A new stack; its name must be free. */
  add({ account, region }: Environment, name: string, createdAt: number): DeployedStack {
    const id = `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/${randomUUID()}`;
    const stack = new DeployedStack({ id, name, account, region, createdAt });
    this.#byId.set(id, stack);
    const key = keyOf({ account, region }, name);
    this.#living.set(key, stack);
    this.#incarnations.set(key, this.incarnation(stack) + 1);
    return stack;
  }

  /** How many stacks of this name there have been before in the account and region. */
  incarnation({ account, region, name }: Pick<DeployedStack, 'account' | 'region' | 'name'>): number {
    return this.#incarnations.get(keyOf({ account, region }, name)) ?? 0;
  }

  /** A stack that is not deleted, by its name, or any by its id. */
  find(environment: Environment, nameOrId: string): DeployedStack | undefined {
    const stack = this.#byId.get(nameOrId);
    if (stack) return isIn(environment, stack) ? stack : undefined;
    return this.#living.get(keyOf(environment, nameOrId));
  }

  /** The stacks of an account and region that are not deleted, the newest first. */
  living(environment: Environment): readonly DeployedStack[] {
    return [...this.#living.values()].filter((stack) => isIn(environment, stack)).reverse();
  }

  /** The stacks of an account and region with those that were deleted, the newest first. */
  all(environment: Environment): readonly DeployedStack[] {
    return [...this.#byId.values()].filter((stack) => isIn(environment, stack)).reverse();
  }

  /** Forgets a stack whose creation was refused before it began. */
  forget(stack: DeployedStack): void {
    this.remove(stack);
    this.#byId.delete(stack.id);
    this.#incarnations.set(keyOf(stack, stack.name), this.incarnation(stack) - 1);
  }

  /** Frees the name of a deleted stack. */
  remove(stack: DeployedStack): void {
    const key = keyOf(stack, stack.name);
    if (this.#living.get(key) === stack) this.#living.delete(key);
  }

  exports(environment: Environment): readonly StackExport[] {
    return this.living(environment).flatMap((stack) =>
      stack.outputs.flatMap(({ exportName: name, value }: Output) =>
        name === undefined ? [] : [{ name, value, stack }],
      ),
    );
  }

  /** The stacks that import an export. */
  importers(environment: Environment, exportName: string): readonly DeployedStack[] {
    return this.living(environment).filter(({ imports }) => imports.has(exportName));
  }
}

const keyOf = ({ account, region }: Environment, name: string): string => [account, region, name].join('/');

const isIn = ({ account, region }: Environment, stack: DeployedStack): boolean =>
  stack.account === account && stack.region === region;
