import type { Json, JsonObject } from '@crosswind/aws/json';

import type { Aside } from './aside.ts';

export type QueryLanguage = 'JSONata' | 'JSONPath';

/** Data that the templates and paths of a state can see, in either query language. */
export interface Bindings {
  readonly language: QueryLanguage;
  /**
   * JSONata: `$states`, with input, context and, where AWS offers them, result and errorOutput.
   * JSONPath: `$` is `input`, `$$` is `context`.
   */
  readonly states: JsonObject;
  readonly variables: Readonly<Record<string, Json>>;
  /** `$now()` and `$millis()`, in milliseconds since the epoch. */
  readonly at: number;
  /** Decides `$random()`, `$uuid()`, `States.MathRandom` and `States.UUID`. */
  readonly seed: string;
  /**
   * Runs evaluations that take long.
   *
   * @default - nobody else goes on meanwhile
   */
  readonly aside?: Aside;
}

/** The same with another `$states.input`, which is what `$` means in JSONPath. */
export const withInput = (bindings: Bindings, input: Json): Bindings => ({
  ...bindings,
  states: { ...bindings.states, input },
});

/** Thrown when an expression has no usable value; the cause is AWS's sentence without its beginning. */
export class EvaluationFailed extends Error {
  readonly location: string | undefined;

  constructor(location: string | undefined, cause: string) {
    super(cause);
    this.location = location;
  }
}

type PathError = 'States.Runtime' | 'States.IntrinsicFailure' | 'States.ResultPathMatchFailure';

/** Thrown when a JSONPath field cannot be applied; the cause is AWS's sentence without its beginning. */
export class PathFailed extends Error {
  readonly error: PathError;

  constructor(cause: string, error: PathError = 'States.Runtime') {
    super(cause);
    this.error = error;
  }
}
