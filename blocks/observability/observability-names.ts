import type { Severity } from './signal.ts';

/** Telemetry that workload accounts share, by CloudFormation resource type (AWS::Oam::Link). */
export const telemetryTypes = ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup', 'AWS::XRay::Trace'];

/** Parameter of the monitoring account that holds the ARN of its sink. */
export const sinkParameterName = '/crosswind/observability-sink';

/** Role of the monitoring account that lets accounts of the organization read that parameter in one region. */
export const sinkReaderRoleName = (region: string): string => `crosswind-sink-reader-${region}`;

/** Topic of the monitoring account that alarms of a severity publish to; each region in use has its own. */
export const alertTopicName = (severity: Severity): string => `crosswind-${severity}`;
