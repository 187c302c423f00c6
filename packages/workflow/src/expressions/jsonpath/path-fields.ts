/**
 * Kinds of path, by what AWS accepts in a field:
 * - `any`: one value or many, in the context object, too
 * - `place`: names and indexes below `$`, where a result goes
 * - `reference`: one value in the input or a variable
 * - `selecting`: one value, in the context object, too
 * - `word`: as `selecting`, or an intrinsic function
 */
export type PathKind = 'any' | 'place' | 'reference' | 'selecting' | 'word';

/**
 * Every field of JSONPath that holds a path, besides those of templates, whose names end in `.$` and which take any.
 *
 * Sources: input-output-inputpath-params and concepts-input-output-filtering (any path), input-output-resultpath,
 * input-output-itemspath, state-choice ("must be valid Reference Paths"), state-task, state-wait, state-map, state-fail;
 * for the context object input-output-contextobject, and floci-io/floci#3733, measured with
 * ValidateStateMachineDefinition on 2026-09-16 ("Only `ItemsPath` accepts the Context Object").
 */
export const PATH_FIELDS = {
  InputPath: 'any',
  OutputPath: 'any',
  ResultPath: 'place',
  ItemsPath: 'selecting',
  /** Also every comparison of a Choice rule that ends in `Path`. */
  Variable: 'selecting',
  SecondsPath: 'reference',
  TimestampPath: 'reference',
  TimeoutSecondsPath: 'reference',
  HeartbeatSecondsPath: 'reference',
  MaxConcurrencyPath: 'reference',
  ToleratedFailureCountPath: 'reference',
  ToleratedFailurePercentagePath: 'reference',
  MaxItemsPath: 'reference',
  MaxItemsPerBatchPath: 'reference',
  MaxInputBytesPerBatchPath: 'reference',
  ErrorPath: 'word',
  CausePath: 'word',
} as const satisfies Readonly<Record<string, PathKind>>;

export type PathField = keyof typeof PATH_FIELDS;
