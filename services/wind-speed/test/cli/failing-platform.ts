import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { messageOf } from '@crosswind/aws/problem';
import { DeploymentRefused, openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../../../cli/local/administrator.ts';
import { assembledApp } from '../../../../cli/local/assembled-app.ts';
import { attachOrganizationPolicies } from '../../../../cli/local/attach-organization-policies.ts';
import { deployBaseline } from '../../../../cli/local/deploy-baseline.ts';
import { playPipeline } from '../../../../cli/local/play-pipeline.ts';
import { crosswind } from '../../../../cli/main.ts';
import { breakGlassRoleName } from '../../../../config/role-names.ts';
import { platform, platformFile, windSpeed } from '../platform.ts';
import { assembly } from './crosswind.ts';

type Handler = Sandbox['handlers'] extends ReadonlyMap<string, infer Value> ? Value : never;

/** A resource of a deployed stack, for example `crosswind-wind-speed-child/WeatherKey` and its account. */
export type Place = string;

/** True for resources that fail once. */
export type Meant = (resource: Resource, stack: Stack) => boolean;

/** The end of pushes after which nothing fails any more. */
export interface Pushed {
  /** Resources whose creation or update failed. */
  readonly failed: readonly Place[];
  /** Resources whose rollback failed. */
  readonly stuck: readonly Place[];
  /** Statuses of stacks that the runbook was used on. */
  readonly mended: ReadonlySet<string>;
  /** Error of the last push. */
  readonly end: string | undefined;
}

/**
 * Accounts with their baseline and the organization's policies, into which pushes are played. One resource fails with
 * each push. In each stack, the rollback of one update fails, too.
 */
export class FailingPlatform {
  readonly sandbox: Sandbox;
  readonly stacks: readonly AssembledStack[];
  /** Directory of the assembly. */
  readonly assembly: string;
  readonly #isMeant: Meant;
  #failed = new Set<Place>();
  #last: { readonly place: Place; readonly stack: string } | undefined;
  readonly #stuck = new Map<string, Place>();
  readonly #mended = new Set<string>();

  private constructor(sandbox: Sandbox, directory: string, isMeant: Meant) {
    this.sandbox = sandbox;
    this.stacks = assembledApp(directory).assembled;
    this.assembly = directory;
    this.#isMeant = isMeant;
    for (const [type, handler] of sandbox.handlers) {
      sandbox.handlers.set(type, this.#failing(handler));
    }
  }

  static async open(isMeant: Meant): Promise<FailingPlatform> {
    const sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
    const directory = await assembly();
    await deployBaseline({ sandbox, platform, assembly: directory });
    attachOrganizationPolicies(sandbox, platform);
    return new FailingPlatform(sandbox, directory, isMeant);
  }

  /**
   * Pushes until nothing fails any more, and after each failure does what `docs/runbooks/stack-failed.md` says.
   */
  async pushed(directory = this.assembly): Promise<Pushed> {
    this.#failed = new Set();
    this.#stuck.clear();
    this.#mended.clear();
    for (;;) {
      this.#last = undefined;
      const end = await this.#push(directory);
      if (!this.#hasFailed()) {
        return { failed: [...this.#failed], stuck: [...this.#stuck.values()], mended: new Set(this.#mended), end };
      }
      await this.#mend();
    }
  }

  #hasFailed(): boolean {
    return this.#last !== undefined;
  }

  /** The error with which a push ends, if it does. Its builds run nothing but `protect`. */
  async #push(directory: string): Promise<string | undefined> {
    let end: string | undefined;
    const { assembled: stacks, byHand } = assembledApp(directory);
    const { sandbox } = this;
    try {
      await playPipeline({
        ...{ sandbox, clone: windSpeed.clone, platform, file: platformFile, assembly: directory, stacks, byHand },
        io: { crosswind: (args, io) => (args[0] === 'protect' ? crosswind(args, io) : Promise.resolve(0)) },
        deployer: breakGlassRoleName,
        progress: () => undefined,
        onAction: ({ error }) => {
          end ??= error;
          return 'stop';
        },
      });
    } catch (error) {
      end ??= messageOf(error);
    }
    return end;
  }

  /** The commands of the runbook, as the break-glass role of each account. */
  async #mend(): Promise<void> {
    for (const [account, region] of this.#places()) {
      for (const { StackName, StackStatus } of await this.#ask(account, region, 'DescribeStacks', {}, 'Stacks')) {
        const [name, status] = [textOf(StackName), textOf(StackStatus)];
        if (/^(ROLLBACK_(COMPLETE|FAILED)|CREATE_FAILED|DELETE_FAILED)$/.test(status)) {
          await this.#remove(account, region, name);
        } else if (status === 'UPDATE_ROLLBACK_FAILED') {
          await this.#ask(account, region, 'ContinueUpdateRollback', { StackName: name });
        } else continue;
        this.#mended.add(status);
      }
    }
  }

  /** Accounts and regions of the stacks, each once. */
  #places(): readonly (readonly [account: string, region: string])[] {
    return [
      ...new Map(
        this.stacks.map(({ account, region }) => [`${account} ${region}`, [account, region] as const]),
      ).values(),
    ];
  }

  async #remove(account: string, region: string, StackName: string): Promise<void> {
    await this.#ask(account, region, 'UpdateTerminationProtection', { StackName, EnableTerminationProtection: false });
    await this.#ask(account, region, 'DeleteStack', { StackName });
    const left = await this.#ask(account, region, 'DescribeStacks', {}, 'Stacks');
    if (!left.some((stack) => stack['StackName'] === StackName)) return;
    const resources = await this.#ask(account, region, 'DescribeStackResources', { StackName }, 'StackResources');
    const RetainResources = resources
      .filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED')
      .map(({ LogicalResourceId }) => textOf(LogicalResourceId));
    await this.#ask(account, region, 'DeleteStack', { StackName, RetainResources });
  }

  async #ask(account: string, region: string, operation: string, body: object, field = '') {
    const { stackCalls, cloudFormation } = this.sandbox;
    const caller = { principal: administrator(this.sandbox, account, region, breakGlassRoleName), region };
    const answer = await stackCalls.send(caller, operation, { ...body });
    await cloudFormation.settled();
    return listOf(answer[field]).map(objectOf);
  }

  /** The handler, whose first creation or change of a meant resource fails: that of a function after it has run. */
  #failing(handler: Handler): Handler {
    const tried = async (resource: Resource, stack: Stack, action: () => Promise<void> | void): Promise<void> => {
      const id = `${stack.account} ${stack.region} ${stack.name}`;
      const place = `${id}/${resource.logicalId}`;
      const fails = this.#last === undefined && !this.#failed.has(place) && this.#isMeant(resource, stack);
      if (!fails) return action();
      this.#failed.add(place);
      this.#last = { place, stack: id };
      if (resource.type.startsWith('Custom::')) await action();
      throw new DeploymentRefused('InternalFailure', `${place} fails once`);
    };
    /** Fails the first change that a rollback undoes in a stack. */
    const undone = (resource: Resource, stack: Stack): void => {
      const id = `${stack.account} ${stack.region} ${stack.name}`;
      const place = `${id}/${resource.logicalId}`;
      if (this.#last?.stack !== id || this.#last.place === place || this.#stuck.has(id)) return;
      this.#stuck.set(id, place);
      throw new DeploymentRefused('InternalFailure', `${place} cannot be rolled back`);
    };
    return {
      ...handler,
      create: (resource, stack, answer) => tried(resource, stack, () => handler.create(resource, stack, answer)),
      update: (resource, before, stack, answer) =>
        tried(resource, stack, () => {
          undone(resource, stack);
          return handler.update(resource, before, stack, answer);
        }),
    };
  }

  /** Type of each deployed resource that is in none of the places. */
  without(places: readonly Place[]): readonly string[] {
    const those = new Set(places);
    return this.stacks.flatMap(({ account, region, name }) =>
      [...(this.sandbox.cloudFormation.stacks.find({ account, region }, name)?.resources ?? [])].flatMap(
        ([id, { deployed }]) => (those.has(`${account} ${region} ${name}/${id}`) ? [] : [deployed?.type ?? id]),
      ),
    );
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
