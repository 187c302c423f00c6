import type { Credentials } from '../../src/iam/session-credentials.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { region } from '../../src/testing/literals.ts';

/** Credentials of a role that trusts Lambda, as a function with that role has them. */
export function credentialsAs({ sessions }: Sandbox, roleArn: string): Credentials {
  const assumed = sessions.assumeRole({ kind: 'service', service: 'lambda.amazonaws.com' }, roleArn, 'session');
  if (!assumed.ok) throw new Error(assumed.denied.reason);
  return sessions.credentials(assumed.session);
}

/** Credentials that the sandbox never gave out. */
export const unknownCredentials: Credentials = {
  accessKeyId: 'ASIA0000000000000000',
  secretAccessKey: 'secret',
  sessionToken: 'unknown',
};

/** Settings of a client of the real SDK that talks to the sandbox. */
export const clientOf = ({ endpointUrl: endpoint }: Sandbox, credentials: Credentials) => ({
  endpoint,
  region,
  credentials,
  maxAttempts: 1,
});
