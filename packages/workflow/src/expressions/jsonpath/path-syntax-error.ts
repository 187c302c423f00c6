/** Syntax error in a path, a filter or an intrinsic function. */
export class PathSyntaxError extends Error {}

/** Message of the PathSyntaxError that `parse` throws, or undefined. Other errors pass through. */
export function syntaxProblem(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof PathSyntaxError) return error.message;
    throw error;
  }
}
