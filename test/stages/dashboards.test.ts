import { describe, expect, test } from 'vitest';
import type { Stack } from '@crosswind/assembly/resolve';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { layoutProblems, placedWidgets } from '../../policies/dashboards/layout.ts';
import { dashboardIsValid } from '../../policies/rules/dashboard-is-valid.ts';
import { evidenceOf } from '../../policies/evidence/evidence.ts';
import { resourcesOfType } from '../../policies/rules/rule.ts';
import { alarmsNotDrawn, bodyOf, dashboardsOf } from '../policies/dashboards-of.ts';
import { scheduledText } from '../scheduled-platform.ts';
import { platformOf, platformText, type Synthesized, synthesize, synthesized } from '../synthesized.ts';

const daily = platformText.replace(
  'child: word-child-dev\n',
  'child: word-child-dev\n        schedule: { expression: cron(0 6 * * ? *), timezone: Europe/Berlin }\n',
);
const second = `
  - name: second
    workload: word-count
    owner: letters-team
    waves:
      dev: { parent: word-parent-dev, child: word-child-dev }
`;
const inTwoRegions = platformText.replace(/(name: word-(?:parent|child)-prod\n)/g, '$1    region: eu-west-1\n');

describe.each<[string, () => Synthesized]>([
  ['the example', synthesized],
  ['a tenant with a run each month', () => synthesize(platformOf(scheduledText))],
  ['a tenant with a run each day', () => synthesize(platformOf(daily))],
  ['two tenants in an account', () => synthesize(platformOf(`${daily}${second}`))],
  ['two regions', () => synthesize(platformOf(inTwoRegions))],
])('the dashboards of %s', (_, synthesizedAs) => {
  const { assembled, stacks } = synthesizedAs();

  test('are valid, with widgets next to each other and alarms that exist', () => {
    expect(dashboardsOf(stacks).length).toBeGreaterThan(1);
    expect(dashboardIsValid.check(evidenceOf(assembled, { runbooks: [] }))).toEqual([]);
    expect(dashboardsOf(stacks).flatMap(({ resource }) => layoutProblems(placedWidgets(bodyOf(resource))))).toEqual([]);
  });

  test('draw the threshold of every alarm over what it watches', () => {
    expect(resourcesOfType(stacks, 'AWS::CloudWatch::Alarm').length).toBeGreaterThan(20);
    expect(alarmsNotDrawn(stacks)).toEqual([]);
  });

  test('show the state of every alarm', () => {
    const shown = dashboardsOf(stacks).flatMap(({ resource }) =>
      listOf(bodyOf(resource)['widgets']).flatMap((widget) =>
        listOf(objectOf(objectOf(widget)['properties'])['alarms']).map(textOf),
      ),
    );
    expect(alarmArns(stacks).filter((arn) => !shown.includes(arn))).toEqual([]);
  });
});

const alarmArns = (stacks: readonly Stack[]): readonly string[] =>
  resourcesOfType(stacks, 'AWS::CloudWatch::Alarm').map(({ resource: { arn = '' } }) => arn);

test('a dashboard shows the alarms of an account that another tenant watches', () => {
  const { stacks } = synthesize(platformOf(`${daily}${second}`));
  const dashboard = dashboardsOf(stacks).find(({ resource }) => resource.name === 'crosswind-second');
  expect(JSON.stringify(dashboard && bodyOf(dashboard.resource))).toContain(
    ':alarm:crosswind-word-count-word-parent-dev-silent',
  );
});

test('an alarm that no graph draws is found', () => {
  const { stacks } = synthesized();
  const lowered = stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.map((resource) =>
      resource.name === 'crosswind-fleet-open-map-runs'
        ? { ...resource, properties: { ...resource.properties, Threshold: 800 } }
        : resource,
    ),
  }));
  expect(alarmsNotDrawn(lowered)).toEqual(['crosswind-fleet-open-map-runs']);
});
