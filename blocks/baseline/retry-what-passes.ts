import { setTimeout } from 'node:timers/promises';

/**
 * Waits before the next attempts: 30 seconds in all. A new role or policy takes some seconds to be known everywhere
 * (AWS: "Troubleshoot IAM", changes that I make are not always immediately visible).
 */
const waitsSeconds = [1, 2, 4, 8, 15];

/** Names of errors that pass by themselves, also in a new role's first seconds. */
const passing =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|InvalidClientTokenId|.*Throttl.*|TooManyRequests.*|SlowDown|RequestTimeout.*|TimeoutError)$/;

export type Wait = (milliseconds: number) => Promise<unknown>;

/** Attempts an action again while its error may pass by itself; then the last error is thrown. */
export async function retryWhatPasses<Result>(action: () => Promise<Result>, wait: Wait = setTimeout): Promise<Result> {
  for (const seconds of waitsSeconds) {
    try {
      return await action();
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
    await wait(seconds * 1_000);
  }
  return action();
}

/** True for throttling, failures of a service or a connection, and denials, which a fresh role may get. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata, code } = error as { $metadata?: { httpStatusCode?: number }; code?: unknown };
  const status = $metadata?.httpStatusCode ?? 0;
  if (passing.test(error.name) || status >= 500 || [403, 408, 429].includes(status)) return true;
  return (typeof code === 'string' && /^E[A-Z]+$/.test(code)) || mayPass(error.cause);
}
