import { createHash } from 'node:crypto';
import type { Denied } from '../../policies/iam/decision.ts';
import type { Principal } from '../../policies/iam/principal.ts';
import type { RequestContext } from '../../policies/iam/request.ts';
import type { Authorize } from './authorizer.ts';

export type RolePrincipal = Extract<Principal, { kind: 'role' }>;

/** Temporary credentials of a role session, as STS gives them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export type AssumedRole =
  { readonly ok: true; readonly session: RolePrincipal } | { readonly ok: false; readonly denied: Denied };

/** STS: role sessions, and the credentials by which an endpoint recognises them. */
export class Sessions {
  readonly #authorize: Authorize;
  readonly #byAccessKey = new Map<string, { readonly session: RolePrincipal; readonly credentials: Credentials }>();

  constructor(authorize: Authorize) {
    this.#authorize = authorize;
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

  /** Credentials for the session; an access key id has the form that STS gives, ASIA and 16 characters. */
  credentials(session: RolePrincipal): Credentials {
    const digest = createHash('sha256').update(session.sessionArn).digest('hex').toUpperCase();
    const credentials = {
      accessKeyId: `ASIA${digest.slice(0, 16)}`,
      secretAccessKey: digest.slice(16, 56),
      sessionToken: `simulated-${digest}`,
    };
    this.#byAccessKey.set(credentials.accessKeyId, { session, credentials });
    return credentials;
  }

  /** Who signed with this access key, if the sandbox gave it out. */
  authenticate(accessKeyId: string, sessionToken: string | undefined): RolePrincipal | undefined {
    const known = this.#byAccessKey.get(accessKeyId);
    return known?.credentials.sessionToken === sessionToken ? known?.session : undefined;
  }
}
