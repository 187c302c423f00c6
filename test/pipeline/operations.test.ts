import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { type Platform } from '../../config/schema.ts';
import { baselineOf } from '../../onboarding/baseline/baseline.ts';
import { cdkBootstrapTemplate } from '../../onboarding/baseline/bootstrap-template.ts';
import { platformOf, platformText, shippedPlatform, stackAt, synthesize } from '../synthesized.ts';

const text = readFileSync('docs/operations.md', 'utf8');

/** Properties of the pipeline of a platform. */
function pipelineOf(platform: Platform): JsonObject {
  const { resources } = stackAt(synthesize(platform).stacks, 'Crosswind');
  return resources.find(({ type }) => type === 'AWS::CodePipeline::Pipeline')?.properties ?? {};
}
const pipeline = pipelineOf(shippedPlatform);
const stagesIn = ({ Stages }: JsonObject) => listOf(Stages).map(objectOf);
const actionsIn = (stage: JsonObject | undefined) => listOf(stage?.['Actions']).map(objectOf);
const approvals = stagesIn(pipeline).filter((stage) =>
  actionsIn(stage).some(({ ActionTypeId }) => objectOf(ActionTypeId)['Provider'] === 'Manual'),
);

describe('docs/operations.md says of the pipeline', () => {
  test('its name and its mode', () => {
    expect(text).toContain(`runs in mode \`${textOf(pipeline['ExecutionMode'])}\``);
    expect(text).toContain(`start-pipeline-execution --name ${textOf(pipeline['Name'])}`);
  });

  test('how long an approval waits, in a stage with nothing else in it', () => {
    expect(approvals.map(({ Name }) => Name)).toEqual(['approve-prod']);
    expect(actionsIn(approvals[0])).toHaveLength(1);
    const minutes = Number(actionsIn(approvals[0])[0]?.['TimeoutInMinutes']);
    expect(text).toContain(`It waits ${minutes / 60} hours and then fails`);
  });

  test('the names that a command needs to reject', () => {
    const [stage] = approvals;
    expect(text).toContain(
      `--stage-name ${textOf(stage?.['Name'])} --action-name ${textOf(actionsIn(stage)[0]?.['Name'])} `,
    );
  });

  test('that the execution which changes it starts again', () => {
    expect(pipeline['RestartExecutionOnUpdate']).toBe(true);
    expect(text).toContain('updates the pipeline itself and starts again');
  });

  test.each<[what: string, changed: string, changes: boolean]>([
    ['another setting of a workload', platformText.replace('years: [2022]\n', 'years: [2023]\n'), false],
    ['a wave that is frozen', platformText.replace('approval: true', 'frozen: true'), true],
    ['an approval that is dropped', platformText.replace('approval: true', 'approval: false'), true],
  ])('what changes its structure: %s', (_, changed, changes) => {
    expect(changed).not.toBe(platformText);
    const isOther = JSON.stringify(stagesIn(pipelineOf(platformOf(changed)))) !== JSON.stringify(stagesIn(pipeline));
    expect(isOther).toBe(changes);
  });

  test('the stage of Preflight, which compares the baseline and so is what a revert is retried from', () => {
    const stage = stagesIn(pipeline).find((each) => actionsIn(each).some(({ Name }) => Name === 'Preflight'));
    const [, retried] = /npx crosswind baseline[^]*?--stage-name (\S+)/.exec(text) ?? [];
    expect(retried).toBe(stage?.['Name']);
  });

  const digests = (platform: Platform) =>
    baselineOf(platform, cdkBootstrapTemplate()).kinds.map(({ digest }) => digest);

  test.each<[what: string, named: string, changed: Platform, changes: boolean]>([
    [
      'other public buckets',
      '`publicBuckets`',
      { ...shippedPlatform, organization: { ...shippedPlatform.organization, publicBuckets: ['winds'] } },
      true,
    ],
    [
      'another organization',
      "the organization's id",
      { ...shippedPlatform, organization: { ...shippedPlatform.organization, id: 'o-anotherorg1' } },
      true,
    ],
    [
      'another setting of a workload',
      'Code and settings of workloads do not',
      platformOf(platformText.replace('years: [2022]\n', 'years: [2023]\n')),
      false,
    ],
  ])('what changes the baseline, so that a revert needs the old one: %s', (_, named, changed, changes) => {
    expect(text).toContain(named);
    expect(digests(changed).every((digest, index) => digest !== digests(shippedPlatform)[index])).toBe(changes);
  });
});
