import { describe, expect, test } from 'vitest';
import { bootstrapQualifier } from '../../config/bootstrap.ts';
import { platformOf, platformText, synthesize, synthesized, templateAt } from '../synthesized.ts';

describe('each account gets its own half', () => {
  test('in the account and region of platform.yaml', () => {
    const workloads = synthesized().assembled.filter(({ name }) => name.startsWith('crosswind-wind-speed-'));
    const places = workloads.map(({ path, name, account, region }) => [path, name, account, region]);
    expect(places.filter(([, name]) => name === 'Crosswind' || name?.includes('wind-speed'))).toEqual([
      ['Crosswind/dev-wind-speed-parent/Parent', 'crosswind-wind-speed-parent', '333333333333', 'us-east-1'],
      ['Crosswind/dev-wind-speed-child/Child', 'crosswind-wind-speed-child', '444444444444', 'us-east-1'],
      ['Crosswind/prod-wind-speed-parent/Parent', 'crosswind-wind-speed-parent', '555555555555', 'us-east-1'],
      ['Crosswind/prod-wind-speed-child/Child', 'crosswind-wind-speed-child', '666666666666', 'us-east-1'],
    ]);
  });

  test('protected from deletion, the pipeline too', () => {
    const unprotected = synthesized().artifacts.filter(({ terminationProtection }) => terminationProtection !== true);
    expect(synthesized().artifacts).toHaveLength(11);
    expect(unprotected.map(({ hierarchicalId }) => hierarchicalId)).toEqual([]);
  });

  test("deployed through the platform's own bootstrap roles, with literal ARNs", () => {
    expect(bootstrapQualifier).toMatch(/^[a-z0-9]{1,10}$/);
    const child = synthesized().artifacts.find(
      ({ hierarchicalId }) => hierarchicalId === 'Crosswind/dev-wind-speed-child/Child',
    );
    const role = (name: string) =>
      `arn:aws:iam::444444444444:role/cdk-${bootstrapQualifier}-${name}-role-444444444444-us-east-1`;
    expect(child?.assumeRoleArn).toBe(role('deploy'));
    expect(child?.cloudFormationExecutionRoleArn).toBe(role('cfn-exec'));
  });

  test('with the settings of its wave', () => {
    const text = JSON.stringify(
      synthesized()
        .stacks.filter(({ path }) => path.endsWith('/Child'))
        .map(({ resources }) => resources),
    );
    expect([text.includes(': [2022] %}'), text.includes(': [2022,2023,2024] %}')]).toEqual([true, true]);
  });

  test('with a description that names tenant and owner', () => {
    templateAt('Crosswind/dev-wind-speed-child/Child').templateMatches({
      Description: 'Child workflow of wind-speed, owned by weather-team',
    });
  });

  test('in another region and partition, if the file says so', () => {
    const { artifacts, stacks } = synthesize(platformOf(platformText.replaceAll('us-east-1', 'cn-north-1')));
    expect(new Set(artifacts.map(({ environment }) => environment.region))).toEqual(new Set(['cn-north-1']));
    expect(artifacts[0]?.assumeRoleArn).toMatch(/^arn:aws-cn:iam::/);
    expect(stacks.flatMap(({ resources }) => resources).filter(({ arn }) => arn?.startsWith('arn:aws:'))).toEqual([]);
  });
});
