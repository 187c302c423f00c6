/** Telemetry that workload accounts share, by CloudFormation resource type (AWS::Oam::Link). */
export const telemetryTypes = ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup', 'AWS::XRay::Trace'];

/** Parameter of the monitoring account that holds the ARN of its sink. */
export const sinkParameterName = '/crosswind/observability-sink';

/** Role of the monitoring account that lets accounts of the organization read that parameter. */
export const sinkReaderRoleName = 'crosswind-sink-reader';
