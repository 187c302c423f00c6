import { mapRunCounts, type MapRunState } from '../workflow/map-run/state.ts';

/** A Map Run, as DescribeMapRun would tell of it. */
export class MapRun {
  readonly arn: string;
  /** Name of the Map state. */
  readonly stateName: string;
  state: MapRunState;

  constructor(state: MapRunState) {
    this.arn = state.spec.mapRunArn;
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
