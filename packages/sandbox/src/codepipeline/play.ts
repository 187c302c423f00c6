import { permit } from '../aws-json/permit.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { StackCalls } from '../cloudformation/stack-calls.ts';
import { assumed } from '../iam/assumed.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import { accountOf } from '@crosswind/aws/arn';
import { textOf } from '@crosswind/aws/json';
import type { Topics } from '../sns/topics.ts';
import { Artifacts } from './artifacts.ts';
import { build, type Done, type RunCommand } from './build.ts';
import { deployAction } from './deploy-action.ts';
import { type Pipeline, type PipelineAction, type PipelineStage } from '@crosswind/assembly/pipelines';
import type { DeployedProject } from './deployed-pipeline.ts';
import { isRefusal } from './refusals.ts';
import type { StateChanges } from './state-changes.ts';

/** Outcome of an action. */
export interface ActionResult {
  readonly action: PipelineAction;
  /** Where it acts. */
  readonly account: string;
  readonly status: 'Succeeded' | 'Failed';
  /** A line for each thing that it did. */
  readonly done: readonly string[];
  /** Commands and actions that are not run in the sandbox. */
  readonly notRun: readonly string[];
  /** Why it failed. */
  readonly error?: string;
}

export interface PlayProps {
  /** Directory of the repository, for source actions. */
  readonly source: string;
  /** Directory of the assembly, which the builds of the pipeline would make. */
  readonly assembly: string;
  readonly run: RunCommand;
  /**
   * True if nobody follows the links that new subscribers of topics are sent.
   *
   * @default false - they are confirmed automatically, as approvals are given
   */
  readonly leavesPending?: boolean;
  /**
   * Called after each action.
   *
   * @returns whether a failure ends the execution; a pipeline always stops
   */
  readonly onAction: (result: ActionResult) => 'stop' | 'go on';
}

export interface PlayPorts {
  readonly calls: StackCalls;
  readonly pipeline: Pipeline;
  readonly topics: Topics;
  readonly project: (name: string) => DeployedProject | undefined;
  readonly changes: StateChanges;
  /** Aborted when the sandbox closes: no action begins after that. */
  readonly closing: AbortSignal;
}

/** Plays one execution of a pipeline: its stages, each action through its roles. */
export class PipelinePlay {
  readonly #ports: PlayPorts;
  readonly #props: PlayProps;
  readonly #artifacts: Artifacts;
  readonly #role: RolePrincipal;

  /** @throws AwsJsonError if the service may not assume the role of the pipeline */
  constructor(ports: PlayPorts, props: PlayProps) {
    this.#ports = ports;
    this.#props = props;
    const { sessions, storage } = ports.calls.api;
    this.#artifacts = new Artifacts(storage, ports.pipeline);
    const service = { kind: 'service', service: 'codepipeline.amazonaws.com' } as const;
    this.#role = assumed(sessions, service, ports.pipeline.roleArn, 'codepipeline');
  }

  /**
   * Plays a stage. Actions of one run order all end, whatever happens to one of them.
   * @returns false if the execution ends here
   */
  async stage({ actions }: PipelineStage): Promise<boolean> {
    const runOrders = [...new Set(actions.map(({ runOrder }) => runOrder))];
    for (const order of runOrders) {
      let goesOn = true;
      for (const action of actions.filter(({ runOrder }) => runOrder === order)) {
        this.#ports.closing.throwIfAborted();
        this.#ports.changes.action(action, 'STARTED');
        const result = await this.#result(action);
        this.#ports.changes.action(action, result.status === 'Succeeded' ? 'SUCCEEDED' : 'FAILED');
        if (this.#props.onAction(result) === 'stop' && result.status === 'Failed') goesOn = false;
      }
      if (!goesOn) return false;
    }
    return true;
  }

  async #result(action: PipelineAction): Promise<ActionResult> {
    const { roleArn, configuration } = action;
    const acting = textOf(configuration['RoleArn'] ?? roleArn ?? this.#ports.pipeline.roleArn);
    const account = accountOf(acting);
    try {
      const { done, notRun } = await this.#done(action, account);
      return { action, account, status: 'Succeeded', done, notRun };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { action, account, status: 'Failed', done: [], notRun: [], error: error.message };
    }
  }

  async #done(action: PipelineAction, account: string): Promise<Done> {
    const { sessions, authorize } = this.#ports.calls.api;
    const { category, provider, region, roleArn, inputs } = action;
    const actor = roleArn === undefined ? this.#role : assumed(sessions, this.#role, roleArn, 'codepipeline');
    if (provider === 'CodeStarSourceConnection') {
      const connection = textOf(action.configuration['ConnectionArn']);
      const service = connection.split(':')[2] ?? '';
      permit(authorize, { principal: actor, region }, `${service}:UseConnection`, connection);
      for (const output of action.outputs) {
        await this.#artifacts.write(actor, output, this.#props.source);
        // A source action of a connection sets an ACL, too (aws/aws-cdk#13557).
        const resource = this.#artifacts.arnOf(output);
        permit(authorize, { principal: actor, region }, 's3:PutObjectAcl', resource, {}, this.#ports.pipeline.account);
      }
      const { FullRepositoryId: repository, BranchName: branch } = action.configuration;
      return did(`${textOf(repository)}@${textOf(branch)}`);
    }
    if (category === 'Approval') return did('approved automatically');
    if (provider === 'CodeBuild') return this.#built(action, actor);
    if (provider === 'CloudFormation') {
      for (const input of inputs) await this.#artifacts.copyTo(region, this.#role, input);
      const deployed = await deployAction(this.#ports.calls, this.#artifacts, action, actor);
      const { leavesPending = false } = this.#props;
      const confirmed = leavesPending ? [] : this.#ports.topics.confirmAll({ account, region });
      const lines = confirmed.map(({ endpoint }) => `subscription of ${endpoint} confirmed automatically`);
      return { done: [deployed, ...lines], notRun: [] };
    }
    return { done: [], notRun: [`an action of ${provider}`] };
  }

  async #built(action: PipelineAction, starter: RolePrincipal): Promise<Done> {
    const name = textOf(action.configuration['ProjectName']);
    const project = this.#ports.project(name);
    if (!project) throw new DeploymentRefused('InvalidRequest', `the project ${name} does not exist`);
    const { authorize, sessions } = this.#ports.calls.api;
    const { run, assembly: output } = this.#props;
    return build({ authorize, sessions, artifacts: this.#artifacts, action, starter, output, run, ...project });
  }
}

const did = (line: string): Done => ({ done: [line], notRun: [] });
