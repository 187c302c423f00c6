import type { Reply } from './posted.ts';

/** Progress of a deployment, served until there is a source. */
export interface Deployment {
  /** Step of now, for example `deploying wave dev`. */
  readonly doing: () => string;
}

/** Answer to whatever a page asks while there is no source: it asks again. */
export function deployingReply({ doing }: Deployment): Reply {
  const deploying = doing();
  return {
    status: 503,
    json: { deploying, message: `The sandbox is not ready (${deploying}): try again when it is.` },
  };
}
