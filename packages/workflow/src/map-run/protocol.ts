import type { Json } from '@crosswind/aws/json';
import type { ItemReading, Tolerance } from './spec.ts';

/** Event that the runtime sends to a Map Run. `at` is milliseconds since the epoch. */
export type MapRunEvent = { readonly at: number } &
  /** The run leaves the backlog. */
  (
    | { readonly kind: 'started' }
    | ({ readonly kind: 'items-read'; readonly continuation?: string } & ItemPage)
    | { readonly kind: 'read-failed'; readonly cause: string }
    /** StartExecution of a child was refused, which fails the whole run. */
    | { readonly kind: 'child-start-failed'; readonly error: string; readonly cause?: string }
    | ChildEnd
    /** More children may be started. */
    | { readonly kind: 'dispatch' }
    | { readonly kind: 'files-written' }
    | { readonly kind: 'write-failed'; readonly cause: string }
    /** Run again what did not succeed, except the children that cannot be. */
    | { readonly kind: 'redriven'; readonly notRedrivable: readonly number[] }
    /** UpdateMapRun; what is not given stays as it is. */
    | { readonly kind: 'updated'; readonly maxConcurrency?: number; readonly tolerated?: Tolerance }
    /** The execution that this run belongs to has no use for it any more. */
    | { readonly kind: 'stopped' }
  );

/** Items that were read together. */
export interface ItemPage {
  readonly items: readonly Json[];
  /** Keys of the items, if they are the values of an object. */
  readonly keys?: readonly string[];
  /** `$states.context.Map.Item.Source`, e.g. `S3://bucket/key`. */
  readonly source: string;
}

/** Every started child ends once. */
export type ChildEnd =
  | { readonly kind: 'child-succeeded'; readonly index: number; readonly output: Json }
  | {
      readonly kind: 'child-failed';
      readonly index: number;
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error?: string;
      readonly cause?: string;
    };

/** Effect that a Map Run asks of the runtime, in order. */
export type MapRunEffect =
  /** Read a page of the items that the spec's reader names; `continuation` is from the page before. */
  | { readonly kind: 'read-items'; readonly reader: ItemReading; readonly continuation?: string }
  | ({
      readonly kind: 'start-child';
      readonly index: number;
      readonly input: Json;
      /** True if it was started before. An Express child is started again, a Standard child is redriven. */
      readonly again: boolean;
    } & ChildIdentity)
  /** Send `dispatch` at this time, when more children may be started. */
  | { readonly kind: 'dispatch-later'; readonly at: number }
  | ({ readonly kind: 'stop-child'; readonly index: number } & ChildIdentity)
  /** Put these objects; first a manifest to try whether it is allowed, at the end the results. */
  | { readonly kind: 'write-files'; readonly bucket: string; readonly files: readonly ResultFile[] }
  | ({ readonly kind: 'ended' } & MapRunOutcome);

export interface ChildIdentity {
  readonly name: string;
  readonly executionArn: string;
}

export interface ResultFile {
  readonly key: string;
  readonly body: string;
}

export type MapRunOutcome =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause?: string }
  | { readonly status: 'ABORTED' };
