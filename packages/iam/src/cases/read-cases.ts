import { z } from 'zod';
import type { ApplicablePolicies } from '../applicable-policies.ts';
import { accountOf } from '../arn-pattern.ts';
import { keyed } from '../keyed.ts';
import { hasAccount, type Principal } from '../principal.ts';
import type { AccessRequest, RequestContext } from '../request.ts';
import { fromIssue, type JsonProblem, shown } from '@crosswind/aws/problem';
import { PolicyReader } from './read-policy.ts';
import { principalOf, requester } from './requester.ts';

/** A request and the policies that have a say in it. */
export interface Case {
  readonly name: string;
  readonly request: AccessRequest;
  readonly policies: ApplicablePolicies;
  /** Parts of the policies that are valid on AWS and cannot be judged here, each with its place. */
  readonly unsupported: readonly string[];
  /** Places of documents in `scps` that only deny and so are no level of their own. */
  readonly joined: readonly string[];
}

const account = z.string().regex(/^\d{12}$/, 'expected 12 digits');
const contextValue = z.union([z.string(), z.number(), z.boolean()], 'expected text, a number or true or false');
const levels = z.array(z.unknown(), 'expected a list of levels from the root on, each a list of policies: [[…], …]');
type WrittenValue = z.output<typeof contextValue>;

/** Case as written. Other keys, such as an expected decision, are for the author's own use. */
const written = z.object({
  name: z.string(),
  request: z.strictObject({
    principal: requester,
    action: z.string(),
    resource: z.string().regex(/^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+)$/s, 'expected an ARN or "*"'),
    resourceAccount: account.nullish(),
    managementAccount: account.nullish(),
    context: keyed(
      z.union([contextValue, z.array(contextValue)], 'expected text, a number, true or false, or a list of these'),
    ).nullish(),
  }),
  policies: z.strictObject({
    identity: z.array(z.unknown()).nullish(),
    resource: z.unknown().optional(),
    trust: z.unknown().optional(),
    boundary: z.unknown().optional(),
    session: z.unknown().optional(),
    scps: levels.nullish(),
    rcps: levels.nullish(),
  }),
});

type Written = z.output<typeof written>;

export type CasesRead =
  | { readonly ok: true; readonly cases: readonly Case[] }
  | { readonly ok: false; readonly problems: readonly JsonProblem[] };

/** Reads the cases of a JSON document, or reports everything that is wrong with them. */
export function readCases(document: unknown): CasesRead {
  const parsed = z.array(written).safeParse(document);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => fromIssue(document, issue)) };
  const read = parsed.data.map(readCase);
  const problems = read.flatMap((each) => each.problems);
  return problems.length === 0 ? { ok: true, cases: read.map((each) => each.case) } : { ok: false, problems };
}

function readCase({ name, request, policies }: Written, at: number): { case: Case; problems: readonly JsonProblem[] } {
  const reader = new PolicyReader([at, 'policies']);
  const context = contextOf(request.context ?? []);
  const { principal, problems } = callerOf(request, context, at);
  const { action, resource, managementAccount } = request;
  const ownAccount = hasAccount(principal) ? principal.account : '';
  const isTrust = /^sts:/i.test(action) && (policies.trust ?? undefined) !== undefined;
  const read: Case = {
    name,
    request: {
      principal,
      action,
      resource,
      resourceAccount: request.resourceAccount ?? accountOf(resource) ?? ownAccount,
      context,
      ...(typeof managementAccount === 'string' && { managementAccount }),
    },
    policies: {
      identity: reader.list('identity', 'identity', policies.identity, 'identity policy'),
      resource: isTrust
        ? reader.one('trust', 'resource', policies.trust, 'trust policy')
        : reader.one('resource', 'resource', policies.resource, 'resource policy'),
      boundary: reader.one('boundary', 'boundary', policies.boundary, 'permissions boundary'),
      session: isNone(policies.session)
        ? undefined
        : reader.list('session', 'session', policies.session, 'session policy'),
      scps: reader.serviceControl('scps', policies.scps ?? []),
      rcps: reader.resourceControl('rcps', policies.rcps ?? []),
    },
    unsupported: reader.unsupported,
    joined: reader.joined,
  };
  return { case: read, problems: [...problems, ...reader.problems] };
}

/** True if no session policy was passed. AWS treats an empty list as none. */
const isNone = (session: unknown): boolean =>
  session === undefined || session === null || (Array.isArray(session) && session.length === 0);

/** Who asks; a caller that nobody knows is a problem. */
function callerOf(
  { principal: asked, action }: Written['request'],
  context: RequestContext,
  at: number,
): { readonly principal: Principal; readonly problems: readonly JsonProblem[] } {
  const [, given] = Object.entries(context).find(([key]) => key.toLowerCase() === 'aws:principalarn') ?? [];
  const principal = principalOf(asked, action, typeof given === 'string' ? given : undefined);
  if (principal !== undefined) return { principal, problems: [] };
  const expected = 'expected the ARN of a role, session, user, root user or identity provider, a service, or "*"';
  const problem = { path: [at, 'request', 'principal'], message: `${expected}, got ${shown(asked)}` };
  return { principal: { kind: 'anonymous' }, problems: [problem] };
}

const contextOf = (context: Iterable<readonly [string, WrittenValue | readonly WrittenValue[]]>): RequestContext =>
  Object.fromEntries(
    [...context].map(([key, value]) => [key, Array.isArray(value) ? value.map(String) : String(value)]),
  );
