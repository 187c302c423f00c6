import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { bodyProblems } from '../dashboards/body-problems.ts';
import { widgetProperties } from '../metrics/widget-properties.ts';
import { type Located, type Rule, findingAt, resourcesOfType } from './rule.ts';

export const dashboardIsValid: Rule = {
  id: 'OBS-6',
  severity: 'error',
  requires:
    'Every dashboard has the structure that CloudWatch documents, its widgets lie next to each other, and the alarms that it shows exist.',
  because:
    'CloudWatch refuses such a dashboard when it is deployed, or leaves out what it does not understand, and nobody misses it until a night on which it is needed.',
  fix: 'Build the dashboard from the widgets of `aws-cdk-lib/aws-cloudwatch`, or correct the property that the finding names.',
  check: ({ stacks, allDeployed = true }) => {
    const alarms = allDeployed
      ? new Set(resourcesOfType(stacks, ...alarmTypes).flatMap(({ resource: { arn } }) => arn ?? []))
      : undefined;
    return resourcesOfType(stacks, 'AWS::CloudWatch::Dashboard').flatMap((at) =>
      problemsOf(at, alarms).map((message) => findingAt(at, { property: 'Properties.DashboardBody', message })),
    );
  },
};

const alarmTypes = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

function problemsOf({ resource }: Located, alarms: ReadonlySet<string> | undefined): readonly string[] {
  const body = textOf(resource.properties['DashboardBody']);
  const problems = bodyProblems(body);
  if (problems.length > 0 || alarms === undefined) return problems;
  return alarmsIn(body)
    .filter((arn) => arn.startsWith('arn:') && !alarms.has(arn))
    .map((arn) => `it shows ${arn}, and no alarm of the platform has that ARN`);
}

/** ARNs in alarm widgets, and in annotations of alarms. */
const alarmsIn = (body: string): readonly string[] =>
  widgetProperties(body).flatMap(({ alarms, annotations }) =>
    [...listOf(alarms), ...listOf(objectOf(annotations)['alarms'])].map(textOf),
  );
