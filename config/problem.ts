/** Something wrong in the configuration, at the place where an operator fixes it. */
export interface Problem {
  /** Sentence about what is wrong, for example `waves.prod.approval has the wrong type`. */
  readonly what: string;
  /** Value found, as it is written. */
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  /** First line is 1; absent where the problem is not in the file (an override from the command line). */
  readonly line?: number;
  /** First column is 1. */
  readonly column?: number;
}

/** A problem at a path of the document. Without `got`, the value found is the key or the text at that path. */
export interface PathProblem extends Omit<Problem, 'line' | 'column' | 'got'> {
  readonly path: Path;
  /** True if the last key of the path is wrong, rather than the value that it leads to. */
  readonly key?: true;
  readonly got?: string;
}

/** The keys and indexes that lead to a value of the document. */
export type Path = readonly (string | number)[];

/** `platform.yaml:12:9 <what> (got <value>; expected <...>; <fix>)`, the form that editors and terminals link. */
export function formatProblem(file: string, problem: Problem): string {
  const place = problem.line === undefined ? file : `${file}:${problem.line}:${problem.column ?? 1}`;
  return `${place} ${problem.what} (got ${problem.got}; expected ${problem.expected}; ${problem.fix})`;
}
