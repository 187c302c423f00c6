import type { Json } from '@crosswind/aws/json';

/** An event of a recorded history. */
export interface RecordedEvent {
  readonly id: number;
  /** Id of the event that led to it; 0 for none. */
  readonly previous: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  /** Details as GetExecutionHistory gives them, whatever their key is called. */
  readonly details: Readonly<Record<string, Json>>;
}

/** First event that a replay does otherwise. */
export interface Difference {
  /** Id of the recorded event; undefined where the replay goes on after the recording has ended. */
  readonly event?: number;
  /** `type`, or the detail that differs. */
  readonly field: string;
  /** Absent where there is no such event or detail. */
  readonly recorded?: Json;
  readonly replayed?: Json;
}
