import { randomBytes } from 'node:crypto';
import type { Denied } from '@crosswind/iam/decision';
import type { Principal } from '@crosswind/iam/principal';
import type { RequestContext } from '@crosswind/iam/request';
import type { Authorize } from './authorizer.ts';
import type { Role } from './identities.ts';
import { type Credentials, credentialsFor, sessionArnIn } from './session-credentials.ts';

export type RolePrincipal = Extract<Principal, { kind: 'role' }>;

export type AssumedRole =
  { readonly ok: true; readonly session: RolePrincipal } | { readonly ok: false; readonly denied: Denied };

/** Whose credentials a request carries, and the secret that must have signed it. */
export type Authenticated =
  | { readonly ok: true; readonly session: RolePrincipal; readonly secretAccessKey: string }
  | { readonly ok: false; readonly reason: 'unknown key' | 'invalid token'; readonly message?: string };

export interface SessionsProps {
  /**
   * Key that credentials are derived from.
   *
   * @default - random bytes
   */
  readonly key?: Buffer;
  /**
   * The role of an account, for sessions whose credentials were derived elsewhere.
   *
   * @default - there are none
   */
  readonly roleNamed?: (account: string, name: string) => Role | undefined;
}

/** STS: role sessions, and the credentials that an endpoint recognizes them by. */
export class Sessions {
  readonly #authorize: Authorize;
  readonly #key: Buffer;
  readonly #roleNamed: NonNullable<SessionsProps['roleNamed']>;
  readonly #byAccessKey = new Map<string, { readonly session: RolePrincipal; readonly credentials: Credentials }>();

  constructor(authorize: Authorize, { key = randomBytes(32), roleNamed = () => undefined }: SessionsProps = {}) {
    this.#authorize = authorize;
    this.#key = key;
    this.#roleNamed = roleNamed;
  }

  /** A session of the role, if its trust policy (and the caller's own permissions) allow it. */
  assumeRole(principal: Principal, roleArn: string, sessionName: string, context: RequestContext = {}): AssumedRole {
    const [, partition = 'aws', , , account = '', resource = ''] = roleArn.split(':');
    const decision = this.#authorize({
      principal,
      action: 'sts:AssumeRole',
      resource: roleArn,
      resourceAccount: account,
      context,
    });
    if (!decision.allowed) return { ok: false, denied: decision };
    const roleName = resource.slice(resource.lastIndexOf('/') + 1);
    const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`;
    return { ok: true, session: { kind: 'role', roleArn, sessionArn, account } };
  }

  /** Credentials for the session. */
  credentials(session: RolePrincipal): Credentials {
    const credentials = credentialsFor(this.#key, session.sessionArn);
    this.#byAccessKey.set(credentials.accessKeyId, { session, credentials });
    return credentials;
  }

  /** Whose credentials these are, if they were derived from the key of this sandbox. */
  authenticate(accessKeyId: string, sessionToken: string | undefined): Authenticated {
    const known = this.#byAccessKey.get(accessKeyId);
    if (known && known.credentials.sessionToken === sessionToken) {
      return { ok: true, session: known.session, secretAccessKey: known.credentials.secretAccessKey };
    }
    const sessionArn = sessionToken === undefined ? undefined : sessionArnIn(this.#key, sessionToken);
    if (sessionArn === undefined) return { ok: false, reason: known ? 'invalid token' : 'unknown key' };
    const { accessKeyId: expected, secretAccessKey } = credentialsFor(this.#key, sessionArn);
    if (accessKeyId !== expected) return { ok: false, reason: 'invalid token' };
    const [, , , , account = '', resource = ''] = sessionArn.split(':');
    const name = resource.split('/')[1] ?? '';
    const role = this.#roleNamed(account, name);
    if (!role) {
      const message = `The security token included in the request is invalid: the sandbox has no role "${name}" in account ${account}`;
      return { ok: false, reason: 'invalid token', message };
    }
    const session: RolePrincipal = { kind: 'role', roleArn: role.arn, sessionArn, account };
    this.credentials(session);
    return { ok: true, session, secretAccessKey };
  }
}
