import type { JsonObject } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { ServiceEvent } from '../events/rules.ts';
import type { Pipeline, PipelineAction } from '@crosswind/assembly/pipelines';

/** Sends an event to the rules of its account. */
export type SendEvent = (event: ServiceEvent) => void;

/** Sends the state changes of an execution (CodePipeline User Guide: "Monitoring CodePipeline events"). */
export class StateChanges {
  readonly #pipeline: Pipeline;
  readonly #executionId: string;
  readonly #send: SendEvent;

  constructor(pipeline: Pipeline, executionId: string, send: SendEvent) {
    this.#pipeline = pipeline;
    this.#executionId = executionId;
    this.#send = send;
  }

  execution(state: 'STARTED' | 'SUCCEEDED' | 'FAILED'): void {
    this.#changed('Pipeline', { state });
  }

  action({ stage, name, category, provider, region }: PipelineAction, state: 'STARTED' | 'SUCCEEDED' | 'FAILED'): void {
    this.#changed('Action', {
      stage,
      action: name,
      state,
      region,
      type: { owner: 'AWS', category, provider, version: '1' },
    });
  }

  #changed(what: 'Pipeline' | 'Action', detail: JsonObject): void {
    const { name, account, region } = this.#pipeline;
    this.#send({
      account,
      region,
      source: 'aws.codepipeline',
      detailType: `CodePipeline ${what} Execution State Change`,
      resources: [`arn:${partitionOf(region)}:codepipeline:${region}:${account}:${name}`],
      detail: { pipeline: name, 'execution-id': this.#executionId, version: 1, ...detail },
    });
  }
}
