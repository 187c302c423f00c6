import type { BatchRow } from '../models/batches.ts';
import type { ShownState } from '../models/states.ts';
import type { RowSpan } from './state-spans.ts';

/** A row of a waterfall. Times are milliseconds since the epoch. */
export interface WaterfallRow {
  readonly key: string;
  /** Levels below the first execution. */
  readonly depth: number;
  readonly kind: 'execution' | 'state' | 'denied';
  /** ARN of the execution that it belongs to. */
  readonly execution: string;
  readonly label: string;
  /** `Standard`, the type of a state, or how often something was tried. */
  readonly type: string;
  readonly state: ShownState;
  readonly from: number;
  readonly to: number;
  readonly spans: readonly RowSpan[];
  readonly batches: readonly BatchRow[];
  /** Times of denied calls; of many, the first and the last. */
  readonly denied: readonly (readonly [at: number, times: number])[];
  /** False if times of denied calls were cut, so that nothing follows from the time between them. */
  readonly areAllDenied: boolean;
  /** Id of the event that shows it in the history; null for none. */
  readonly event: number | null;
  /** Role and account of an execution that another one started. */
  readonly note: string | null;
}
