import { mapRunCounts, type MapRunState } from '@crosswind/workflow/map-run/state';
import type { MapRunEvent } from '@crosswind/workflow/map-run/protocol';
import type { Execution } from './execution.ts';

/** What UpdateMapRun can change; what is absent stays. */
export type MapRunChanges = Omit<Extract<MapRunEvent, { readonly kind: 'updated' }>, 'kind' | 'at'>;

/** A Map Run, as DescribeMapRun would tell of it. */
export class MapRun {
  readonly arn: string;
  /** The execution that it is a part of. */
  readonly executionArn: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly startedAt: number;
  stoppedAt?: number;
  /** Name of the Map state. */
  readonly stateName: string;
  state: MapRunState;
  /** In the order in which they were started. */
  readonly children: Execution[] = [];

  constructor(state: MapRunState, executionArn: string, startedAt: number) {
    this.arn = state.spec.mapRunArn;
    this.executionArn = executionArn;
    this.startedAt = startedAt;
    this.stateName = state.spec.state;
    this.state = state;
  }

  /** Error and cause of the first batch that failed, if one did. */
  firstFailure(): { readonly error?: string; readonly cause?: string } | undefined {
    for (const end of this.state.ended) if (end.kind === 'child-failed') return end;
    return undefined;
  }

  counts(): ReturnType<typeof mapRunCounts> {
    return mapRunCounts(this.state);
  }
}
