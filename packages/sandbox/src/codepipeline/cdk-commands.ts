import { join } from 'node:path';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { assetsIn, type FileAsset } from '../cdk/asset-manifest.ts';
import { deployStack } from '../cdk/deploy-stack.ts';
import { publishFile, type PublishedBytes } from '../cdk/publish-file.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { StackCalls } from '../cloudformation/stack-calls.ts';
import type { BuildCommand } from './build.ts';

/** Ports and stacks of the CDK's own commands. */
export interface CdkCommandsProps {
  readonly calls: StackCalls;
  /** Stacks of the assembly. */
  readonly stacks: readonly AssembledStack[];
  /** Aborted when the sandbox closes: nothing more is published or deployed then. */
  readonly closing: AbortSignal;
}

/** The CDK's commands in builds of CDK Pipelines: `cdk-assets … publish` and `cdk … deploy`. */
export class CdkCommands {
  readonly #calls: StackCalls;
  readonly #stacks: readonly AssembledStack[];
  readonly #closing: AbortSignal;
  readonly #manifests = new Map<string, readonly FileAsset[]>();
  readonly #bytes: PublishedBytes = new Map();

  constructor({ calls, stacks, closing }: CdkCommandsProps) {
    this.#calls = calls;
    this.#stacks = stacks;
    this.#closing = closing;
  }

  /**
   * Runs a command.
   * @returns what it did, or undefined if it is none of the CDK's
   */
  async run({ words, principal, directory }: BuildCommand): Promise<string | undefined> {
    const [name, ...args] = words;
    if (name === 'cdk-assets' && args.includes('publish')) return this.#publish(args, principal, directory);
    if (name === 'cdk' && args.includes('deploy')) return this.#deploy(args, principal);
    return undefined;
  }

  async #publish(args: readonly string[], principal: BuildCommand['principal'], directory: string): Promise<string> {
    const file = join(directory, args[args.indexOf('--path') + 1] ?? '');
    const assets = this.#manifests.get(file) ?? assetsIn(file);
    this.#manifests.set(file, assets);
    const [wanted, destinationId] = (args[args.indexOf('publish') + 1] ?? '').split(':');
    let published = 0;
    const chosen = assets.filter(({ id }) => wanted === '' || id === wanted);
    if (chosen.length === 0) {
      throw new DeploymentRefused('NotSupported', `the sandbox publishes files only, got the asset ${wanted ?? ''}`);
    }
    for (const asset of chosen) {
      for (const destination of asset.destinations.filter(({ id }) => [undefined, id].includes(destinationId))) {
        this.#closing.throwIfAborted();
        if (await publishFile(this.#calls.api, principal, asset, destination, this.#bytes)) published += 1;
      }
    }
    return published === 0 ? 'published before' : 'published';
  }

  async #deploy(args: readonly string[], principal: BuildCommand['principal']): Promise<string> {
    const name = args[args.indexOf('deploy') + 1];
    const stack = this.#stacks.find(({ id, path }) => id === name || path === name);
    if (!stack) throw new DeploymentRefused('InvalidRequest', `no stack named ${name ?? ''} in the assembly`);
    const all = args.includes('--exclusively') ? [stack] : this.#withUpstream(stack);
    const changed: string[] = [];
    for (const each of all) {
      this.#closing.throwIfAborted();
      if (await deployStack(this.#calls, principal, each)) changed.push(each.name);
    }
    return changed.length > 0 ? `deployed ${changed.join(', ')}` : `${stack.name} is as it should be`;
  }

  /** The stacks that one depends on, in order, and that one last. */
  #withUpstream(stack: AssembledStack): readonly AssembledStack[] {
    const upstream = this.#stacks.filter(({ id }) => stack.dependencies.includes(id));
    return [...new Set([...upstream.flatMap((each) => this.#withUpstream(each)), stack])];
  }
}
