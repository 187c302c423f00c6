import { type IConstruct } from 'constructs';
import { Tags } from 'aws-cdk-lib/core';
import { platformTag } from '../config/platform-tag.ts';

/** Types whose `Tags` are newer than the schemas that checkers of templates know. Dashboards cost nothing by tenant. */
const untagged = ['AWS::CloudWatch::Dashboard'];

/** Tags everything in a stage, its stacks included: tags of an app do not reach into its stages. */
export function tagAll(stage: IConstruct, tags: Readonly<Record<string, string>> = {}): void {
  for (const [key, value] of Object.entries({ [platformTag.key]: platformTag.value, ...tags })) {
    Tags.of(stage).add(key, value, { excludeResourceTypes: untagged });
  }
}
