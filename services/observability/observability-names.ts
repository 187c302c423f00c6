/** Telemetry that workload accounts share, by CloudFormation resource type (AWS::Oam::Link). */
export const telemetryTypes = ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup', 'AWS::XRay::Trace'];

/** Role of the monitoring account that tells accounts of the organization the ARN of its sink. */
export const sinkReaderRoleName = 'crosswind-sink-reader';
