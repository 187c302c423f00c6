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
    const names = new Set(assembled.map(({ name }) => name));
    for (const { template } of assembled) {
      for (const [, imported = ''] of JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^":]+)/g)) {
        expect(names).toContain(imported);
      }
    }
    for (const { account } of assembled) {
      expect([...linked].some((place) => place.startsWith(account))).toBe(true);
    }
  },
);
