import { z } from 'zod';
import type { Principal } from '../principal.ts';

/** How a case writes who asks: as policies do, or a role and the name of its session. */
export const requester = z.union(
  [
    z.string(),
    z.strictObject({ AWS: z.string() }),
    z.strictObject({ Service: z.string() }),
    z.strictObject({ Federated: z.string() }),
    z.strictObject({ role: z.string(), session: z.string() }),
    z.strictObject({ federatedUser: z.string(), user: z.string() }),
  ],
  {
    error:
      'expected an ARN, a service, "*", {"AWS": …}, {"Service": …}, {"Federated": …}, {"role": …, "session": …} or {"federatedUser": …, "user": …}',
  },
);

export type Requester = z.output<typeof requester>;

const ARN =
  /^arn:(aws[a-z-]*):(iam|sts)::(\d{12}):(root|(role|user|assumed-role|federated-user|saml-provider|oidc-provider)\/(.+))$/;
const SERVICE = /^[a-z\d.-]+\.amazonaws\.com(\.cn)?$/;
const PROVIDERS = new Set(['accounts.google.com', 'www.amazon.com', 'graph.facebook.com']);
/** No session can have this name, so no policy names it. */
const UNNAMED = '(unnamed)';

/** The principal of a request, or undefined when the text names none. */
export function principalOf(asked: Requester, action: string, principalArn?: string): Principal | undefined {
  if (typeof asked === 'string')
    return federates(action) && asked !== '*' ? federated(asked) : named(asked, principalArn);
  if ('Service' in asked) return SERVICE.test(asked.Service) ? { kind: 'service', service: asked.Service } : undefined;
  if ('Federated' in asked) return federated(asked.Federated);
  if ('AWS' in asked) return SERVICE.test(asked.AWS) ? undefined : named(asked.AWS, principalArn);
  if ('role' in asked) {
    const role = named(asked.role);
    return role?.kind === 'role' ? { ...role, sessionArn: role.sessionArn.replace(UNNAMED, asked.session) } : undefined;
  }
  const session = named(asked.federatedUser);
  return session?.kind === 'federated user' ? { ...session, userArn: asked.user } : undefined;
}

const federates = (action: string): boolean => /^sts:assumerolewith(saml|webidentity)$/i.test(action);

const federated = (provider: string): Principal | undefined =>
  provider === '' ? undefined : { kind: 'federated', provider };

function named(text: string, principalArn?: string): Principal | undefined {
  if (text === '*') return { kind: 'anonymous' };
  if (/^\d{12}$/.test(text)) return { kind: 'root', rootArn: `arn:aws:iam::${text}:root`, account: text };
  if (PROVIDERS.has(text)) return federated(text);
  if (SERVICE.test(text)) return { kind: 'service', service: text };
  const [, partition = '', service = '', account = '', rest = '', type, name = ''] = ARN.exec(text) ?? [];
  const last = name.slice(name.lastIndexOf('/') + 1);
  switch (`${service}:${type ?? rest}`) {
    case 'iam:root':
      return { kind: 'root', rootArn: text, account };
    case 'iam:user':
      return { kind: 'user', userArn: text, account };
    case 'iam:saml-provider':
    case 'iam:oidc-provider':
      return federated(text);
    case 'iam:role': {
      const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${last}/${UNNAMED}`;
      return { kind: 'role', roleArn: text, sessionArn, account };
    }
    case 'sts:assumed-role': {
      const [role = '', ...session] = name.split('/');
      // A session's ARN lacks the path of its role. The request's own aws:PrincipalArn contains it.
      const roles = `arn:${partition}:iam::${account}:role/`;
      const isItsRole = principalArn?.startsWith(roles) === true && principalArn.endsWith(`/${role}`);
      const roleArn = isItsRole ? principalArn : `${roles}${role}`;
      const known = { kind: 'role', roleArn, sessionArn: text, account } as const;
      return session.length === 1 ? { ...known, ...(!isItsRole && { isPathUnknown: true }) } : undefined;
    }
    case 'sts:federated-user':
      return { kind: 'federated user', sessionArn: text, account };
    default:
      return undefined;
  }
}
