import type { Block, ExecutionType, OutputType, Template, Transformation } from '../definition.ts';
import type { Bindings } from '../query.ts';
import type { Json, JsonObject } from '../json.ts';

/** One Map Run with every expression evaluated, except the item selector, which sees one item at a time. */
export interface MapRunSpec {
  /** `arn:…:mapRun:machine/label:uuid`; the uuid follows from the execution and the state's entry. */
  readonly mapRunArn: string;
  readonly label: string;
  /** Name of the Map state. */
  readonly state: string;
  /** What every child execution runs. */
  readonly processor: Block;
  readonly executionType: ExecutionType;
  readonly items: ItemSource;
  readonly selector?: { readonly template: Template; readonly bindings: Bindings };
  readonly batch?: BatchSpec;
  readonly maxConcurrency: number;
  readonly tolerated: Tolerance;
  readonly transformation: Transformation;
  /** Absent: the results are the state's output. */
  readonly writer?: WriterSpec;
}

export type ItemSource =
  | { readonly from: 'state'; readonly items: readonly Json[] }
  | {
      readonly from: 'reader';
      readonly resource: string;
      readonly arguments: JsonObject;
      /** `$states.context.Map.Item.Source`, e.g. `S3://bucket`. */
      readonly source: string;
      readonly maxItems?: number;
    };

export interface BatchSpec {
  readonly maxItems?: number;
  readonly maxInputBytes?: number;
  readonly input?: JsonObject;
}

/** A threshold that is not given does not count; with neither, no failure is tolerated. */
export interface Tolerance {
  readonly count?: number;
  readonly percentage?: number;
}

export interface WriterSpec {
  readonly bucket: string;
  /** Folder of this Map Run's files: `<prefix>/<uuid>`. */
  readonly folder: string;
  readonly outputType: OutputType;
}
