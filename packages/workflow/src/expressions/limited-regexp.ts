import { createContext, Script } from 'node:vm';

/** How long one search may take, in milliseconds: what an expression has altogether (transforming-data). */
const limit = 1_000;

const sandbox: { search?: () => RegExpExecArray | null } = {};
const context = createContext(sandbox);
const script = new Script('search()');

/** A regular expression whose search ends after a while: some backtrack for longer than anybody lives, and nothing else stops them. */
export class LimitedRegExp extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    sandbox.search = () => super.exec(text);
    try {
      return script.runInContext(context, { timeout: limit }) as RegExpExecArray | null;
    } catch (error) {
      throw isTimeout(error) ? new ExpressionTimeout() : error;
    }
  }
}

/** The error is of the other context, and no instance of this one's `Error`. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Named as JSONata names it when an expression takes too long. */
class ExpressionTimeout extends Error {
  readonly code = 'D1012';
}
