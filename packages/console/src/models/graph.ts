/** A state machine as it is drawn: sizes are pixels from the upper left corner of the graph. */
export interface GraphModel {
  readonly machineArn: string;
  readonly width: number;
  readonly height: number;
  /** A state before those inside it. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** `n0`, `n1` and so on: a name of a state is never an id. */
  readonly id: string;
  /** `state`, or the start or the end of a scope. */
  readonly kind: 'state' | 'start' | 'end';
  readonly name: string;
  /** Type of the state; empty for a start or an end. */
  readonly type: string;
  /** Id of the Map or Parallel state around it; null outside of any. */
  readonly parent: string | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Condition, error or `default`; empty for a plain transition. */
  readonly label: string;
  readonly isCatch: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}
