import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { messageOf } from '@crosswind/aws/problem';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../../../cli/local/administrator.ts';
import { assembledApp } from '../../../../cli/local/assembled-app.ts';
import { attachOrganizationPolicies } from '../../../../cli/local/attach-organization-policies.ts';
import { deployBaseline } from '../../../../cli/local/deploy-baseline.ts';
import { playPipeline } from '../../../../cli/local/play-pipeline.ts';
import { crosswind } from '../../../../cli/main.ts';
import { breakGlassRoleName } from '../../../../config/role-names.ts';
import { platform, platformFile, windSpeed } from '../platform.ts';
import { assembly } from './crosswind.ts';
import { Faults, type Meant, type Place, placeIn } from './faults.ts';
import { callOf, rowOf, treatments } from './stack-runbook.ts';

/** The end of pushes after which nothing fails any more. */
export interface Pushed {
  /** Resources whose creation or update failed. */
  readonly failed: readonly Place[];
  /** Stacks in which a rollback failed, once and for good. */
  readonly stuck: Readonly<Record<'once' | 'for good', readonly string[]>>;
  /** Types of resources that a deletion left, and that were in the way of the next creation. */
  readonly removedByHand: readonly string[];
  /** Rows of the runbook that stacks were in after a push. */
  readonly met: ReadonlySet<string>;
  /** Error of the last push. */
  readonly end: string | undefined;
}

type Environment = Pick<AssembledStack, 'account' | 'region'>;

/**
 * Accounts with their baseline and the organization's policies, into which pushes are played. After each failure, the
 * commands of `docs/runbooks/stack-failed.md` are performed.
 */
export class FailingPlatform {
  readonly sandbox: Sandbox;
  readonly stacks: readonly AssembledStack[];
  /** Directory of the assembly. */
  readonly assembly: string;
  readonly faults: Faults;
  readonly #met = new Set<string>();

  private constructor(sandbox: Sandbox, directory: string, isMeant: Meant) {
    this.sandbox = sandbox;
    this.stacks = assembledApp(directory).assembled;
    this.assembly = directory;
    this.faults = new Faults(sandbox, isMeant);
  }

  static async open(isMeant: Meant): Promise<FailingPlatform> {
    const sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
    const directory = await assembly();
    await deployBaseline({ sandbox, platform, assembly: directory });
    attachOrganizationPolicies(sandbox, platform);
    return new FailingPlatform(sandbox, directory, isMeant);
  }

  /** Resources of the templates that are of a kind. */
  places(isMeant: Meant): readonly Place[] {
    return this.stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources).flatMap(([logicalId, { Type: type }]) =>
        isMeant({ logicalId, type }, stack) ? [placeIn(stack, logicalId)] : [],
      ),
    );
  }

  /** Pushes until nothing fails any more, and after each failure does what the runbook says. */
  async pushed(directory = this.assembly): Promise<Pushed> {
    this.faults.begin();
    this.#met.clear();
    const removed: string[] = [];
    for (;;) {
      this.faults.beginPush();
      const end = await this.push(directory);
      const isInTheWay = /already exists|ResourceExistenceCheck/.test(end ?? '') && this.faults.hasLeft;
      if (!this.faults.hasFailed && !isInTheWay) {
        const { failed, stuck } = this.faults;
        return { failed, stuck, removedByHand: removed, met: new Set(this.#met), end };
      }
      if (isInTheWay) removed.push(...(await this.faults.removeLeft()));
      await this.sandbox.cloudFormation.settled();
      for (const row of await this.mend()) this.#met.add(row);
    }
  }

  /** The error with which a push ends, if it does. Its builds run nothing but `protect`. */
  async push(directory = this.assembly): Promise<string | undefined> {
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

  /**
   * Treats every stack as the runbook says.
   * @param wait waits for the end of what runs
   * @returns the rows of the runbook that applied
   */
  async mend(wait = () => this.sandbox.cloudFormation.settled()): Promise<ReadonlySet<string>> {
    const met = new Set<string>();
    const environments = new Map(this.stacks.map((stack) => [`${stack.account} ${stack.region}`, stack]));
    for (const environment of environments.values()) {
      const stacks = await this.ask(environment, 'DescribeStacks', {}, 'Stacks', false);
      for (const { StackName } of stacks) {
        for (const row of await this.#treat(environment, textOf(StackName), wait)) met.add(row);
      }
    }
    return met;
  }

  /** Performs the scripts for the status of a stack, until it needs none. */
  async #treat(environment: Environment, name: string, wait: () => Promise<void>): Promise<readonly string[]> {
    const met: string[] = [];
    const tries = new Map<string, number>();
    for (;;) {
      const status = await this.#status(environment, name);
      if (status === undefined || /^(CREATE|UPDATE)_COMPLETE$/.test(status)) return met;
      const row = rowOf(status);
      const scripts = treatments.get(row) ?? [];
      const LOGICAL_ID = await this.#failedIn(environment, name);
      const situation = `${name} in ${status} because of ${LOGICAL_ID.join(', ')}`;
      const tried = tries.get(situation) ?? 0;
      const script = scripts[tried];
      tries.set(situation, tried + 1);
      met.push(row);
      if (scripts.length === 0) {
        await wait();
        if ((await this.#status(environment, name)) === status) return met;
      } else if (!script) throw new Error(`${situation}: after everything that the runbook says`);
      else {
        const calls = script.map((command) => callOf(command, { STACK: name, LOGICAL_ID }));
        for (const { operation, body } of calls) if (body) await this.ask(environment, operation, body);
      }
    }
  }

  async #status(environment: Environment, name: string): Promise<string | undefined> {
    const stacks = await this.ask(environment, 'DescribeStacks', {}, 'Stacks', false);
    const stack = stacks.find(({ StackName }) => StackName === name);
    return stack && textOf(stack['StackStatus']);
  }

  /** Logical ids of resources that could not be deleted or rolled back. */
  async #failedIn(environment: Environment, StackName: string): Promise<readonly string[]> {
    const resources = await this.ask(environment, 'DescribeStackResources', { StackName }, 'StackResources', false);
    return resources
      .filter(({ ResourceStatus: status }) => /^(DELETE|UPDATE)_FAILED$/.test(textOf(status)))
      .map(({ LogicalResourceId }) => textOf(LogicalResourceId));
  }

  /** A call of CloudFormation, as the break-glass role of an account. */
  async ask(
    { account, region }: Environment,
    operation: string,
    body: JsonObject,
    field = '',
    waits = true,
  ): Promise<readonly JsonObject[]> {
    const { stackCalls, cloudFormation } = this.sandbox;
    const caller = { principal: administrator(this.sandbox, account, region, breakGlassRoleName), region };
    const answer = await stackCalls.send(caller, operation, { ...body });
    if (waits) await cloudFormation.settled();
    return listOf(answer[field]).map(objectOf);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
