import { type Json, objectOf, textOf } from '../json.ts';
import type { Occasions, Targets, TypeCalls } from './call-row.ts';
import { newTags } from './condition-keys.ts';
import { all, each, given, gone, present, turned, valuesAt } from './occasions.ts';
import {
  assumedCall,
  call,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  passRole,
  reads,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { it, ofName } from './targets.ts';

const buildApi = (operation: string): string =>
  `https://docs.aws.amazon.com/codebuild/latest/APIReference/API_${operation}.html`;
/** Updates of a project that has a webhook, in the order of the API. */
const webhook = 'Triggers.Webhook';

/** Not in the schemas: from the operations of the API that its properties need. */
export const project: TypeCalls = {
  arn: ofName('codebuild', 'project/'),
  rows: [
    // API_CreateProject and API_UpdateProject, serviceRole; CloudFormation sends the whole project.
    passRole('ServiceRole', 'codebuild.amazonaws.com', buildApi('CreateProject'), { during: onCreate }),
    passRole('ServiceRole', 'codebuild.amazonaws.com', buildApi('UpdateProject'), { during: onUpdate, assumed: true }),
    passRole('BuildBatchConfig.ServiceRole', 'codebuild.amazonaws.com', buildApi('CreateProject')),
    call('codebuild:CreateProject', onCreate, buildApi('CreateProject'), { keys: newTags, creates: true }),
    call('codebuild:UpdateProject', onUpdate, buildApi('UpdateProject'), { keys: newTags }),
    call('codebuild:UpdateProjectVisibility', onChange, buildApi('UpdateProjectVisibility'), {
      when: given('Visibility'),
    }),
    call('codebuild:CreateWebhook', onChange, buildApi('CreateWebhook'), { when: turned(webhook, true, false) }),
    call('codebuild:UpdateWebhook', onUpdate, buildApi('UpdateWebhook'), {
      when: (change) => (present(webhook)(change).length > 0 ? given('Triggers.FilterGroups')(change) : []),
    }),
    call('codebuild:DeleteWebhook', onUpdate, buildApi('DeleteWebhook'), { when: turned(webhook, false, false) }),
    call('codebuild:DeleteProject', onDelete, buildApi('DeleteProject')),
    call('codebuild:BatchGetProjects', onRead, buildApi('BatchGetProjects')),
  ],
};

const schema = schemaOf('AWS::CodePipeline::Pipeline');
const pipelineApi = (operation: string): string =>
  `https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_${operation}.html`;
/** Developer Tools console guide, "Permissions for connections". */
const connections =
  'https://docs.aws.amazon.com/dtconsole/latest/userguide/security_iam_id-based-policy-examples-connections.html';

/** Connections of an older service have another prefix, in their ARNs and actions. */
const connectionsOf =
  (service: string): Occasions =>
  (change) =>
    all('Stages[].Actions[].Configuration.ConnectionArn')(change).filter(
      (arn) => textOf(arn).split(':')[2] === service,
    );

const disabled = 'DisableInboundStageTransitions[]';
const stage: Targets = (change, value: Json) => [`${change.own}/${textOf(objectOf(value)['StageName'])}`];

export const pipeline: TypeCalls = {
  arn: ofName('codepipeline', ''),
  rows: [
    // Both requests name the role of the pipeline. The role of an action is not passed: CodePipeline tries whether the
    // pipeline's role may assume it (https://github.com/hashicorp/terraform/pull/14263, "Pipeline role … is not authorized
    // to perform AssumeRole on action role").
    passRole('RoleArn', 'codepipeline.amazonaws.com', pipelineApi('PipelineDeclaration')),
    assumedCall('iam:GetRole', onChange, schema, { when: all('RoleArn'), on: it }),
    ...['codeconnections', 'codestar-connections'].map((service) =>
      call(`${service}:PassConnection`, onChange, connections, {
        when: connectionsOf(service),
        on: it,
        keys: () => ({ [`${service}:PassedToService`]: 'codepipeline.amazonaws.com' }),
      }),
    ),
    call('codepipeline:CreatePipeline', onCreate, pipelineApi('CreatePipeline'), { keys: newTags, creates: true }),
    call('codepipeline:UpdatePipeline', onUpdate, pipelineApi('UpdatePipeline')),
    ...tagging(pipelineApi('TagResource'), 'codepipeline:TagResource', 'codepipeline:UntagResource'),
    assumedCall('codepipeline:GetPipeline', [...onChange, ...onDelete], schema),
    call('codepipeline:DisableStageTransition', onChange, pipelineApi('DisableStageTransition'), {
      when: each(disabled),
      on: stage,
    }),
    call('codepipeline:EnableStageTransition', onUpdate, pipelineApi('EnableStageTransition'), {
      when: gone(disabled),
      on: stage,
    }),
    assumedCall('codepipeline:GetPipelineState', onChange, schema, { when: present(disabled) }),
    // AWS::CodePipeline::Pipeline, RestartExecutionOnUpdate: "whether to rerun the pipeline after you update it".
    call(
      'codepipeline:StartPipelineExecution',
      onUpdate,
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html',
      { when: ({ properties }) => valuesAt(properties, 'RestartExecutionOnUpdate').filter((it) => it === true) },
    ),
    call('codepipeline:DeletePipeline', onDelete, pipelineApi('DeletePipeline')),
    ...reads(schema, 'codepipeline:GetPipeline', 'codepipeline:ListTagsForResource', 'codepipeline:GetPipelineState'),
  ],
};
