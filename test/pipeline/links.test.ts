import { expect, test } from 'vitest';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { accountsInOrder } from '../../onboarding/baseline/baseline.ts';
import { platformOf, platformText, synthesize } from '../synthesized.ts';

const lines = ['state: active', 'state: pending', 'state: draining', 'frozen: true', 'state: detached'];

/** The example with a line more for the account of the child in the second wave, and one for its parent. */
const withLines = (child: string, parent: string) =>
  platformOf(
    platformText
      .replace("id: '666666666666'", `id: '666666666666'\n    ${child}`)
      .replace("id: '555555555555'", `id: '555555555555'\n    ${parent}`),
  );

test.each(lines.flatMap((child) => lines.map((parent) => [child, parent] as const)))(
  'no alarm watches an account without a link, and no stack names one that is not there: child %s, parent %s',
  (child, parent) => {
    const platform = withLines(child, parent);
    const linked = new Set(
      accountsInOrder(platform).flatMap(({ id, regions }) => regions.map((region) => `${id} ${region}`)),
    );
    const { assembled } = synthesize(platform);
    const watched = assembled.flatMap(({ region, template }) =>
      Object.values(template.Resources)
        .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
        .flatMap(({ Properties }) => listOf(objectOf(Properties)['Metrics']))
        .map((metric) => textOf(objectOf(metric)['AccountId'] ?? ''))
        .filter((account) => account !== '')
        .map((account) => `${account} ${region}`),
    );
    expect(watched.length).toBeGreaterThan(0);
    expect(watched.filter((place) => !linked.has(place))).toEqual([]);
    // The pipeline deploys the stacks that are there, all of them and no others.
    const pipeline = assembled.find(({ id }) => id === 'Crosswind')?.template;
    const deployed = [...JSON.stringify(pipeline).matchAll(/"StackName":"([^"]+)"/g)].map(([, name]) => name);
    expect(deployed.toSorted()).toEqual(
      assembled.flatMap(({ id, name }) => (id === 'Crosswind' ? [] : [name])).toSorted(),
    );
    expect(deployed.length).toBeGreaterThan(3);
  },
);
