import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { administrator } from '../../cli/local/administrator.ts';
import type { Credentials } from './served-sandbox.ts';

/** Variables with which a client calls a sandbox as a principal. */
export function environmentOf(
  sandbox: Sandbox,
  principal: ReturnType<typeof administrator>,
  region: string,
): Credentials {
  const { accessKeyId, secretAccessKey, sessionToken } = sandbox.sessions.credentials(principal);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: sandbox.endpointUrl,
  };
}
