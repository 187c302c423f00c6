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

  counts(): ReturnType<typeof mapRunCounts> {
    return mapRunCounts(this.state);
  }
}
