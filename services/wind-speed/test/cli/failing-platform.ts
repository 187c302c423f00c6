import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { messageOf } from '@crosswind/aws/problem';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import { DeploymentRefused, openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { assembledApp } from '../../../../cli/local/assembled-app.ts';
import { deployBaseline } from '../../../../cli/local/deploy-baseline.ts';
import { playPipeline } from '../../../../cli/local/play-pipeline.ts';
import { platform, platformFile, windSpeed } from '../platform.ts';
import { assembly } from './crosswind.ts';

type Handler = Sandbox['handlers'] extends ReadonlyMap<string, infer Value> ? Value : never;

/** A resource of a deployed stack, for example `crosswind-wind-speed-child/WeatherKey` and its account. */
export type Place = string;

/** True for resources that fail once. */
export type Meant = (resource: Resource, stack: Stack) => boolean;

/** Accounts that are bootstrapped for the platform, into which pushes are played. One resource fails with each push. */
export class FailingPlatform {
  readonly sandbox: Sandbox;
  readonly stacks: readonly AssembledStack[];
  /** Directory of the assembly. */
  readonly assembly: string;
  readonly #isMeant: Meant;
  #failed = new Set<Place>();
  #last: Place | undefined;

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
    return new FailingPlatform(sandbox, directory, isMeant);
  }

  /**
   * Pushes until nothing fails any more, and after each failure does what `docs/runbooks/stack-failed.md` says.
   * @returns the resources that failed, and the error with which the last push ended
   */
  async pushed(
    directory = this.assembly,
  ): Promise<{ readonly failed: readonly Place[]; readonly end: string | undefined }> {
    this.#failed = new Set();
    for (;;) {
      this.#last = undefined;
      const end = await this.#push(directory);
      if (!this.#hasFailed()) return { failed: [...this.#failed], end };
      await this.#mend();
    }
  }

  #hasFailed(): boolean {
    return this.#last !== undefined;
  }

  /** The error with which a push ends, if it does. Nothing is run. */
  async #push(directory: string): Promise<string | undefined> {
    let end: string | undefined;
    const { assembled: stacks, byHand } = assembledApp(directory);
    const { sandbox } = this;
    try {
      await playPipeline({
        ...{ sandbox, clone: windSpeed.clone, platform, file: platformFile, assembly: directory, stacks, byHand },
        runsCommands: false,
        io: {},
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

  /** The commands of the runbook, as an administrator of each account. */
  async #mend(): Promise<void> {
    for (const { account, region } of this.stacks) {
      for (const { StackName, StackStatus } of await this.#ask(account, region, 'DescribeStacks', {}, 'Stacks')) {
        const [name, status] = [textOf(StackName), textOf(StackStatus)];
        if (/^(ROLLBACK_(COMPLETE|FAILED)|DELETE_FAILED)$/.test(status)) await this.#remove(account, region, name);
        if (status === 'UPDATE_ROLLBACK_FAILED') {
          await this.#ask(account, region, 'ContinueUpdateRollback', { StackName: name });
        }
      }
    }
  }

  async #remove(account: string, region: string, StackName: string): Promise<void> {
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
    const { stackCalls, cloudFormation, identities } = this.sandbox;
    addAdminRole(identities, { account, partition: 'aws' });
    const roleArn = `arn:aws:iam::${account}:role/${adminRoleName}`;
    const sessionArn = `arn:aws:sts::${account}:assumed-role/${adminRoleName}/runbook`;
    const caller = { principal: { kind: 'role', roleArn, sessionArn, account } as const, region };
    const answer = await stackCalls.send(caller, operation, { ...body });
    await cloudFormation.settled();
    return listOf(answer[field]).map(objectOf);
  }

  /** The handler, whose first creation or change of a meant resource fails: that of a function after it has run. */
  #failing(handler: Handler): Handler {
    const tried = async (resource: Resource, stack: Stack, action: () => Promise<void> | void): Promise<void> => {
      const place = `${stack.account} ${stack.name}/${resource.logicalId}`;
      const fails = this.#last === undefined && !this.#failed.has(place) && this.#isMeant(resource, stack);
      if (!fails) return action();
      this.#failed.add(place);
      this.#last = place;
      if (resource.type.startsWith('Custom::')) await action();
      throw new DeploymentRefused('InternalFailure', `${place} fails once`);
    };
    return {
      ...handler,
      create: (resource, stack, answer) => tried(resource, stack, () => handler.create(resource, stack, answer)),
      update: (resource, before, stack, answer) =>
        tried(resource, stack, () => handler.update(resource, before, stack, answer)),
    };
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
