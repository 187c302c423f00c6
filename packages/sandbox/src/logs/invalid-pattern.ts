/** True for the text of an event that a filter pattern matches. */
export type Matches = (message: string) => boolean;

/** Filter pattern that CloudWatch Logs refuses, or that the sandbox does not support. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}
