import { Duration } from 'aws-cdk-lib/core';
import type { IStage } from 'aws-cdk-lib/aws-codepipeline';
import { ManualApprovalAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import {
  type CodePipelineActionFactoryResult,
  type ICodePipelineActionFactory,
  type ProduceActionOptions,
  Step,
} from 'aws-cdk-lib/pipelines';

export interface ApprovalStepProps {
  readonly wave: string;
  /** Address of the page that says what to look at, and what rejecting does. */
  readonly reviewUrl: string;
}

/** Time after which an approval that nobody has given is a failure, which somebody hears of; CodePipeline waits 7 days. */
const timeout = Duration.days(1);

/** The approval of a wave. CDK Pipelines' own step has no timeout. */
export class ApprovalStep extends Step implements ICodePipelineActionFactory {
  readonly #props: ApprovalStepProps;

  constructor(props: ApprovalStepProps) {
    super(`Approve ${props.wave}`);
    this.#props = props;
  }

  produceAction(stage: IStage, { actionName, runOrder }: ProduceActionOptions): CodePipelineActionFactoryResult {
    const { wave, reviewUrl } = this.#props;
    const action = new ManualApprovalAction({
      actionName,
      runOrder,
      timeout,
      additionalInformation: `Deploy wave ${wave}? A rejection ends this execution; the newest one that waits takes its place.`,
      externalEntityLink: reviewUrl,
    });
    stage.addAction(action);
    return { runOrdersConsumed: 1 };
  }
}
