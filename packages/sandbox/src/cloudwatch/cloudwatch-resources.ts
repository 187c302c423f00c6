import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { Identities } from '../iam/identities.ts';
import type { SandboxService } from '../service.ts';
import { cloudWatchService } from './api/cloudwatch-service.ts';
import { CloudWatch, type CloudWatchPorts } from './cloudwatch.ts';
import { alarmHandler } from './alarm-handler.ts';
import { dashboardHandler } from './create-dashboard.ts';
import { compositeAlarmOf, metricAlarmOf } from './create-alarm.ts';

export interface CloudWatchServicePorts extends CloudWatchPorts {
  readonly identities: Identities;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

export interface CloudWatchParts extends SandboxService {
  readonly cloudWatch: CloudWatch;
}

/** CloudWatch: metrics, alarms and dashboards. */
export function cloudWatch(ports: CloudWatchServicePorts): CloudWatchParts {
  const measured = new CloudWatch(ports);
  const { authorize, observability, simulation } = ports;
  const alarmPorts = { ...ports, alarms: measured.alarms };
  const metricAlarms = alarmHandler(alarmPorts, metricAlarmOf);
  const dashboards = dashboardHandler(ports);
  return {
    cloudWatch: measured,
    endpoint: cloudWatchService({
      authorize,
      cloudWatch: measured,
      observability,
      metricAlarms,
      dashboards,
      now: () => simulation.now(),
    }),
    resources: {
      'AWS::CloudWatch::Alarm': metricAlarms,
      'AWS::CloudWatch::CompositeAlarm': alarmHandler(alarmPorts, compositeAlarmOf),
      'AWS::CloudWatch::Dashboard': dashboards,
    },
  };
}
