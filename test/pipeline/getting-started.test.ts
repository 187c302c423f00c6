import { readFileSync } from 'node:fs';
import { objectOf } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { stackAt, synthesized } from '../synthesized.ts';

const text = readFileSync('docs/getting-started.md', 'utf8');
const { resources } = stackAt(synthesized().stacks, 'Crosswind');
const sizes = resources
  .filter(({ type }) => type === 'AWS::CodeBuild::Project')
  .map(({ properties }) => objectOf(properties['Environment'])['ComputeType']);

describe('docs/getting-started.md says of the builds of a push', () => {
  const row = /^\| \[CodeBuild\].*$/m.exec(text)?.[0] ?? '';
  const [, mediumMinutes, mediumPrice] = /about (\d+) minutes of general1\.medium at \$([\d.]+)/.exec(row) ?? [];
  const [, smallMinutes, smallPrice, small] =
    /about (\d+) minutes of general1\.small at \$([\d.]+) for each of (\d+) other builds/.exec(row) ?? [];

  test('how many there are of each size', () => {
    expect(sizes.filter((size) => size === 'BUILD_GENERAL1_SMALL')).toHaveLength(Number(small));
    expect(sizes.filter((size) => size === 'BUILD_GENERAL1_MEDIUM')).toHaveLength(1);
    expect(sizes).toHaveLength(Number(small) + 1);
  });

  test('what they cost together', () => {
    const dollars =
      Number(mediumMinutes) * Number(mediumPrice) + Number(smallMinutes) * Number(smallPrice) * Number(small);
    expect(row).toContain(`$${dollars.toFixed(2)} a push`);
  });
});

test('docs/getting-started.md names the stage that creates the topic for failures before the first wave', () => {
  const pipeline = resources.find(({ type }) => type === 'AWS::CodePipeline::Pipeline');
  const [, before = ''] = /failures of (.*) reach nobody/.exec(text) ?? [];
  const stages = JSON.stringify(pipeline?.properties['Stages']);
  expect(text).toContain('which the stage `observability` creates');
  expect(before).toBe('Source, Synth, SelfMutate, the assets and Preflight');
  for (const action of ['Source', 'Synth', 'SelfMutate', 'Preflight']) expect(stages).toContain(`"Name":"${action}"`);
});
