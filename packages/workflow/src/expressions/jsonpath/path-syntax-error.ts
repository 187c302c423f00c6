/** What is wrong with the text of a path, a filter or an intrinsic function. */
export class PathSyntaxError extends Error {}

/** What is wrong with a text that `parse` reads; undefined when nothing is. */
export function syntaxProblem(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof PathSyntaxError) return error.message;
    throw error;
  }
}
