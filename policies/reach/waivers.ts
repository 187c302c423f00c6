import type { Waiver } from '../waiver.ts';
import { findingId } from './accepted.ts';

const platform = { owner: 'platform', reviewAt: '1.0.0', place: 'policies/reach/waivers.ts' } as const;
/** Of a building block, or of something that a platform may do without: it may accept nothing. */
const block = { ...platform, ofBlock: true } as const;

/** Roles of the pipeline and of its build projects. */
const roles = 'Crosswind/Pipeline*Role/Resource';

const unneeded = (actions: readonly string[], resource: string, rest: Omit<Waiver, 'rule'>): readonly Waiver[] =>
  actions.map((action) => ({ ...rest, rule: findingId('REACH-3', action, resource) }) as Waiver);

const granted =
  'CDK Pipelines grants its build projects the artifact bucket and its key with whole families of actions';
const families = ['s3:Abort\\*', 's3:DeleteObject\\*', 's3:GetBucket\\*', 's3:List\\*'];
const settings = ['LegalHold', 'Retention', 'Tagging', 'VersionTagging'].map((name) => `s3:PutObject${name}`);
const artifacts = 'arn:*:s3:::crosswind-artifactsbucket*';

/** Permissions that no call needs and that are accepted. One that accepts nothing any more is an error of `crosswind reach`. */
export const reachWaivers: readonly Waiver[] = [
  ...unneeded([...families, ...settings, 's3:GetObject\\*', 's3:PutObject'], artifacts, {
    path: roles,
    reason: granted,
    ...platform,
  }),
  ...unneeded([...families, ...settings], `${artifacts}/\\*`, { path: roles, reason: granted, ...platform }),
  ...unneeded(['kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt\\*', 'kms:GenerateDataKey\\*'], 'arn:*:kms:*:key/*', {
    path: roles,
    reason: granted,
    ...platform,
  }),
  ...unneeded(['logs:CreateLogGroup'], 'arn:*:log-group:/aws/codebuild/*:\\*', {
    path: roles,
    reason:
      'the CDK grants all actions on logs for the group and for its streams alike; a group is created as the group',
    ...platform,
  }),
  ...unneeded(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:*:log-group:/aws/codebuild/*', {
    path: roles,
    reason:
      'the CDK grants all actions on logs for the group and for its streams alike; these are asked for on streams',
    ...platform,
  }),
  ...unneeded(
    ['BatchPutCodeCoverages', 'BatchPutTestCases', 'CreateReport', 'CreateReportGroup', 'UpdateReport'].map(
      (name) => `codebuild:${name}`,
    ),
    'arn:*:codebuild:*:report-group/*\\*',
    { path: roles, reason: 'the CDK lets each build project write test reports, and ours write none', ...platform },
  ),
  ...unneeded(['cloudformation:DescribeStacks', 's3:ListBucket'], '\\*', {
    path: 'Crosswind/Pipeline/UpdatePipeline/SelfMutation/Role/Resource',
    reason: 'CDK Pipelines lets the self-update look for its own stack and for the bootstrap bucket without a role',
    ...platform,
  }),
  ...unneeded(['codestar-connections:UseConnection', 'codeconnections:UseConnection'], 'arn:*:connection/*', {
    path: 'Crosswind/PipelineRole/Resource',
    reason: 'the service was renamed, and either action may be asked for whatever the ARN of the connection says',
    ...block,
  }),
  ...['', '/\\*'].flatMap((objects) =>
    unneeded(['s3:*'], `arn:*:s3:::crosswind-artifacts-*\\*${objects}`, {
      path: 'Crosswind/PipelineRole/Resource',
      reason:
        'replicas of the artifact bucket in other regions, of this account alone: a platform of one region has none',
      ...block,
    }),
  ),
  ...unneeded(['kms:Decrypt', 'kms:GenerateDataKey'], 'arn:*:kms:\\*:*:key/\\*', {
    path: 'Crosswind/PipelineRole/Resource',
    reason: 'the keys of those replicas: a platform of one region has none',
    ...block,
  }),
  ...unneeded(['kms:DescribeKey'], '\\*', {
    path: 'Crosswind/*/Key/Resource',
    reason: 'deploy roles of the organization look at the key of the artifacts as the CDK grants it across accounts',
    ...platform,
  }),
  ...[
    ['s3:ListBucket', artifacts],
    ['s3:GetObjectVersion', `${artifacts}/\\*`],
  ].flatMap(([action = '', resource = '']) =>
    unneeded([action], resource, {
      path: 'Crosswind/*/Bucket/Policy/Resource',
      reason: 'deploy roles of the organization look for artifacts as the CDK grants it across accounts',
      ...platform,
    }),
  ),
  ...unneeded(['lambda:InvokeFunction'], 'arn:*:lambda:*:function:*:\\*', {
    path: 'Crosswind/*/Role/Resource',
    reason: 'versions and aliases of functions that the role may invoke anyway; the CDK always grants both',
    ...block,
  }),
];
