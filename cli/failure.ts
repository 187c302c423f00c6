/** Wrong input: the message says what is wrong and how to fix it. Ends the command with exit code 1. */
export class WrongInput extends Error {
  override readonly name = 'WrongInput';
}

/** The command did its work and found something that should not be so; exit code 1. */
export class Findings extends Error {
  override readonly name = 'Findings';
}

/** The run itself failed; ends the command with exit code 2. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
}

/** Stack of an error, which a bug report needs, or the text of whatever else was thrown. */
export const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
