import type { Environment } from '@crosswind/assembly/read-assembly';
import type { JsonObject } from '@crosswind/aws/json';
import type { Link, Sink } from '../../oam/observability.ts';
import type { Metric } from '../metric.ts';

/** A metric of a place, with its unit. */
export interface RecordedMetric extends Environment {
  readonly metric: Metric;
  readonly unit: string;
}

/**
 * Equal values of a metric: its place in the list of metrics, minute of the values, value, and how often it was put.
 */
export type RecordedValues = readonly [metric: number, minute: number, value: number, count: number];

/** News for alarms at a full minute: they saw it first when they were evaluated then. */
export interface RecordedMinute {
  /** Minutes since the beginning of the recording. */
  readonly minute: number;
  readonly values: readonly RecordedValues[];
  /**
   * Sinks and links, which decide whose metrics an account sees.
   *
   * @default - as before
   */
  readonly sharing?: { readonly sinks: readonly Sink[]; readonly links: readonly Link[] };
}

/** An alarm as it was deployed. */
export interface RecordedAlarm extends Environment {
  readonly name: string;
  readonly arn: string;
  /** `AWS::CloudWatch::Alarm` or `AWS::CloudWatch::CompositeAlarm`, resolved. */
  readonly properties: JsonObject;
  /** Milliseconds since the epoch, in virtual time. */
  readonly createdAt: number;
}

/** Metrics and links of an organization over a time: all that its alarms depend on. It is JSON. */
export interface Recording {
  /** A full minute, in milliseconds since the epoch, in virtual time. */
  readonly startedAt: number;
  readonly metrics: readonly RecordedMetric[];
  /** Minutes in which something was new, in their order. */
  readonly minutes: readonly RecordedMinute[];
  /** The last minute at which alarms were evaluated, since the beginning. */
  readonly lastMinute: number;
}
