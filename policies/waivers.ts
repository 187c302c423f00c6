/** A finding that is accepted: which, where, why, and who answers for it. */
export interface Waiver {
  /** Rule of cdk-nag with its finding in brackets; `*` stands for any text, `\*` for an asterisk. */
  readonly rule: string;
  /** Construct path; `*` stands for any text. */
  readonly path: string;
  /** Why the finding is no danger here. */
  readonly reason: string;
  /** Team that answers for it. */
  readonly owner: string;
}

/** Every accepted finding. One that accepts nothing any more fails `test/policies/waivers.test.ts`. */
export const waivers: readonly Waiver[] = [
  {
    rule: 'AwsSolutions-IAM5[*]',
    path: 'Crosswind/Pipeline/*',
    reason: 'CDK Pipelines writes these roles; what they may do in other accounts is bounded by the bootstrap roles',
    owner: 'platform',
  },
  {
    rule: 'AwsSolutions-S1',
    path: 'Crosswind/Pipeline/Pipeline/ArtifactsBucket/Resource',
    reason: 'holds build artifacts of the pipeline only; who reads them is in CloudTrail',
    owner: 'platform',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::\\*]',
    path: 'Crosswind/*/Role/DefaultPolicy/Resource',
    reason: 'X-Ray and the delivery of logs do not know resources (service authorization reference)',
    owner: 'platform',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*.Arn>:*]',
    path: 'Crosswind/*/Workflow/Resource/Role/DefaultPolicy/Resource',
    reason: 'versions and aliases of functions that the role may invoke anyway; the CDK always grants both',
    owner: 'platform',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*]',
    path: 'Crosswind/*/Child/Workflow/Resource/DistributedMapPolicy/Resource',
    reason: 'executions of the state machine itself: their names are made at run time',
    owner: 'platform',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*]',
    path: 'Crosswind/*/Target/Resource/DefaultPolicy/Resource',
    reason: 'executions of the child: their names are made at run time',
    owner: 'platform',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<WeatherSource*.Arn>/*]',
    path: 'Crosswind/*-child/Child/*/Role/DefaultPolicy/Resource',
    reason: 'the objects of the bucket that the function reads or fills: 600,000 keys',
    owner: 'weather-team',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*<WeatherResults*>/*]',
    path: 'Crosswind/*-child/Child/Child/*/Role/DefaultPolicy/Resource',
    reason: 'results are keyed by execution, whose names are made at run time',
    owner: 'weather-team',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:s3:::noaa-gsod-pds/*]',
    path: 'Crosswind/*-child/Child/Import/Importer/Role/DefaultPolicy/Resource',
    reason: 'read access to a public bucket',
    owner: 'weather-team',
  },
];
