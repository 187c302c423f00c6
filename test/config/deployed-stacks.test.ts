import { deploymentOrder } from '@crosswind/assembly/deployment-order';
import { describe, expect, test } from 'vitest';
import { stacksOfStage } from '../../config/deployed-stacks.ts';
import { platformOf, platformText, synthesize } from '../synthesized.ts';

const elsewhere = (name: string): readonly [string, string] => [
  `  - name: ${name}\n`,
  `  - name: ${name}\n    region: eu-west-1\n`,
];

describe('the stacks of a stage are those that the synthesized pipeline deploys in it', () => {
  test.each<[what: string, ...changes: readonly (readonly [string, string])[]]>([
    ['on the example platform'],
    ['where a wave is frozen', ['    approval: true\n', '    frozen: true\n']],
    ['where an account is pending', ['  - name: word-child-prod\n', '  - name: word-child-prod\n    state: pending\n']],
    ['in two regions', elsewhere('word-parent-prod'), elsewhere('word-child-prod')],
  ])('%s', (_, ...changes) => {
    const platform = platformOf(changes.reduce((text, [from, to]) => text.replace(from, to), platformText));
    const waves = deploymentOrder(synthesize(platform).assembled).filter(
      ({ name }) => name !== 'monitoring' && name !== 'baseline',
    );
    expect(waves.map(({ name }) => name)).toContain('observability');
    for (const { name, steps } of waves) {
      const deployed = steps.flat().map((stack) => `${stack.name} ${stack.account} ${stack.region}`);
      const expected = stacksOfStage(platform, name).map((stack) => `${stack.name} ${stack.account} ${stack.region}`);
      expect([...expected].sort()).toEqual([...deployed].sort());
    }
  });

  test('none in a stage that the platform does not have', () => {
    expect(stacksOfStage(platformOf(platformText), 'staging')).toEqual([]);
  });
});
