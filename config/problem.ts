/** Something wrong in the configuration, at the place where an operator mends it. */
export interface Problem {
  /** What is wrong, what came, what was expected, and the fix. */
  readonly message: string;
  /** First line is 1; absent where the problem is not in the file (an override from the command line). */
  readonly line?: number;
  /** First column is 1. */
  readonly column?: number;
}

/** `platform.yaml:12:9 account id must be …`, the form that editors and terminals link. */
export function formatProblem(file: string, problem: Problem): string {
  const place = problem.line === undefined ? file : `${file}:${problem.line}:${problem.column ?? 1}`;
  return `${place} ${problem.message}`;
}
