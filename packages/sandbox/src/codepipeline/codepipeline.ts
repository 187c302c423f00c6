import type { AssembledStack, Environment } from '@crosswind/assembly/read-assembly';
import { uuid } from '@crosswind/workflow/chance';
import type { StackCalls } from '../cloudformation/stack-calls.ts';
import type { Topics } from '../sns/topics.ts';
import { CdkCommands } from './cdk-commands.ts';
import { deployedPipeline, deployedProject } from './deployed-pipeline.ts';
import { PipelinePlay, type PlayProps } from './play.ts';
import type { Pipeline } from '@crosswind/assembly/pipelines';
import { type SendEvent, StateChanges } from './state-changes.ts';

export interface ExecutionProps extends PlayProps {
  /** The stacks of the assembly. */
  readonly stacks: readonly AssembledStack[];
}

/** CodePipeline and CodeBuild: pipelines that are deployed, played one execution at a time. */
export class Pipelines {
  readonly #calls: StackCalls;
  readonly #send: SendEvent;
  readonly #topics: Topics;
  readonly #closing = new AbortController();
  readonly #played = new Set<Promise<unknown>>();
  #executions = 0;

  constructor(calls: StackCalls, topics: Topics, send: SendEvent) {
    this.#calls = calls;
    this.#topics = topics;
    this.#send = send;
  }

  /**
   * Plays an execution of a deployed pipeline from its source to its last stage. Where a stage changes the pipeline itself,
   * the execution begins again with the new definition (`RestartExecutionOnUpdate`).
   * @returns true if every stage succeeded
   * @throws AwsJsonError if the service may not act for the pipeline; Error if there is no pipeline of that name;
   * AbortError if the sandbox closes meanwhile
   */
  async play(place: Environment, name: string, props: ExecutionProps): Promise<boolean> {
    const played = this.#play(place, name, props);
    this.#played.add(played);
    try {
      return await played;
    } finally {
      this.#played.delete(played);
    }
  }

  /** Lets no action begin any more, and resolves when the ones that are played have ended. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#played);
  }

  async #play(place: Environment, name: string, props: ExecutionProps): Promise<boolean> {
    const { stacks } = this.#calls.api.cloudFormation;
    const closing = this.#closing.signal;
    const current = (): Pipeline => {
      const pipeline = deployedPipeline(stacks, place, name);
      if (pipeline) return pipeline;
      throw new Error(`no pipeline named ${name} in account ${place.account}`);
    };
    const cdk = new CdkCommands({ calls: this.#calls, stacks: props.stacks, closing });
    const run: PlayProps['run'] = async (command) => {
      closing.throwIfAborted();
      return (await cdk.run(command)) ?? (await props.run(command));
    };
    const project = (named: string) => deployedProject(stacks, place, named);
    for (;;) {
      const pipeline = current();
      const executionId = uuid(`${place.account}/${name}/${this.#executions++}`);
      const changes = new StateChanges(pipeline, executionId, this.#send);
      const topics = this.#topics;
      const play = new PipelinePlay(
        { calls: this.#calls, topics, pipeline, project, changes, closing },
        { ...props, run },
      );
      changes.execution('STARTED');
      const outcome = await playStages(play, pipeline, () => pipeline.restartsOnUpdate && isOther(pipeline, current()));
      if (outcome === 'outdated') continue;
      changes.execution(outcome === 'succeeded' ? 'SUCCEEDED' : 'FAILED');
      return outcome === 'succeeded';
    }
  }
}

async function playStages(
  play: PipelinePlay,
  { stages }: Pipeline,
  isOutdated: () => boolean,
): Promise<'succeeded' | 'failed' | 'outdated'> {
  for (const stage of stages) {
    if (!(await play.stage(stage))) return 'failed';
    if (isOutdated()) return 'outdated';
  }
  return 'succeeded';
}

const isOther = (one: Pipeline, other: Pipeline): boolean =>
  JSON.stringify([one.stages, one.roleArn, [...one.artifacts]]) !==
  JSON.stringify([other.stages, other.roleArn, [...other.artifacts]]);
