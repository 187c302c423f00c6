/** Types of the part of dagre that is used: those of the package import each other without extensions, which NodeNext refuses. */
declare module '@dagrejs/dagre' {
  interface Box {
    readonly width: number;
    readonly height: number;
  }

  interface Place {
    readonly x: number;
    readonly y: number;
  }

  export class Graph {
    constructor(options: { readonly multigraph: boolean });
    setGraph(label: Readonly<Record<string, number | string>>): void;
    setNode(id: string, box: Box): void;
    setEdge(from: string, to: string, label: Partial<Box> & { readonly labelpos?: 'c' }, name: string): void;
    /** After the layout, `x` and `y` are those of the center. */
    node(id: string): Box & Place;
    edge(from: string, to: string, name: string): { readonly points: readonly Place[] };
    graph(): Box;
  }

  export function layout(
    graph: Graph,
    options: { readonly constraints: readonly { readonly left: string; readonly right: string }[] },
  ): void;
}
