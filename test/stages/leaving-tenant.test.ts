import { describe, expect, test } from 'vitest';
import { scheduledText } from '../scheduled-platform.ts';
import { platformOf, stackAt, synthesize } from '../synthesized.ts';

const line = '\n    workload: word-count\n';
if (!scheduledText.includes(line)) throw new Error(`test/platform.yaml has no ${JSON.stringify(line)}`);

const stacksOf = (state: string) =>
  synthesize(platformOf(scheduledText.replace(line, `${line}    state: ${state}\n`))).stacks;

const typesAt = (stacks: ReturnType<typeof stacksOf>, path: string): ReadonlySet<string> =>
  new Set(stackAt(stacks, path).resources.map(({ type }) => type));

describe('a tenant that leaves', () => {
  const [staying, leaving] = [stacksOf('active'), stacksOf('removed')];

  test('is deployed once more in every stage, under the same names', () => {
    // No probe looks at what leaves.
    const probes = staying.filter(({ name }) => name === 'crosswind-probe');
    expect(probes.length).toBeGreaterThan(0);
    expect(leaving.map(({ name, account }) => [name, account])).toEqual(
      staying.filter((stack) => !probes.includes(stack)).map(({ name, account }) => [name, account]),
    );
    const path = 'Crosswind/prod-word-count/Child';
    expect(stackAt(leaving, path).template).toEqual(stackAt(staying, path).template);
  });

  test('is started by no schedule any more', () => {
    expect(typesAt(staying, 'Crosswind/dev-word-count/Parent')).toContain('AWS::Scheduler::Schedule');
    expect(typesAt(leaving, 'Crosswind/dev-word-count/Parent')).not.toContain('AWS::Scheduler::Schedule');
    expect(typesAt(leaving, 'Crosswind/dev-word-count/Parent')).toContain('AWS::StepFunctions::StateMachine');
  });

  test('has no alarm and no dashboard any more', () => {
    const path = 'Crosswind/observability/Tenant-word-count';
    expect(typesAt(staying, path)).toEqual(new Set(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard']));
    expect(typesAt(leaving, path)).toEqual(new Set(['AWS::SSM::Parameter']));
  });

  test('is tried no more', () => {
    const builds = (stacks: ReturnType<typeof stacksOf>) =>
      JSON.stringify(stackAt(stacks, 'Crosswind').resources.filter(({ type }) => type === 'AWS::CodeBuild::Project'));
    expect(builds(staying)).toContain('crosswind run word-count');
    expect(builds(leaving)).not.toContain('crosswind run');
    expect(builds(leaving)).toContain('crosswind protect dev');
  });
});
