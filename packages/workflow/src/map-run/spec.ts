import type { Block, ExecutionType, OutputType, Template, Transformation } from '../definition/definition.ts';
import type { Bindings } from '../expressions/query.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';

/** One Map Run with every expression evaluated, except the item selector, which sees one item at a time. */
export interface MapRunSpec {
  /** `arn:…:mapRun:machine/label:uuid`; the uuid follows from the execution and the state's entry. */
  readonly mapRunArn: string;
  readonly label: string;
  /** Name of the Map state. */
  readonly state: string;
  /** States that every child execution runs. */
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
  /** Values of an array, or with keys of an object. */
  | { readonly from: 'state'; readonly items: readonly Json[]; readonly keys?: readonly string[] }
  | { readonly from: 'reader'; readonly reader: ItemReading; readonly maxItems: number };

/** Request of an item reader, in AWS's terms. */
export interface ItemReading {
  /** `s3:listObjectsV2` gives objects, or with a file format the items in each of them; `s3:getObject` those in one. */
  readonly action: 'listObjectsV2' | 'getObject';
  readonly arguments: JsonObject;
  readonly format?: FileFormat;
}

/** Format of a file with items. */
export type FileFormat =
  | { readonly InputType: 'JSONL' }
  /** A JSON Pointer (RFC 6901) to the items inside of the file. */
  | { readonly InputType: 'JSON'; readonly ItemsPointer?: string }
  | { readonly InputType: 'CSV'; readonly CSVDelimiter: string; readonly CSVHeaders?: readonly string[] };

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
