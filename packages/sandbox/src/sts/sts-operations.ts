import { createHash } from 'node:crypto';
import { accountOf } from '@crosswind/aws/arn';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { RequestContext } from '@crosswind/iam/request';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';
import { invalid, StsError } from './sts-error.ts';

/** Dependencies of STS's operations. */
export interface StsApi {
  readonly sessions: Sessions;
  /** Milliseconds since the epoch, by the clock that clients have: the real one. */
  readonly now: () => number;
}

/** One request to STS, its sender known. */
export interface StsCall {
  readonly caller: RolePrincipal;
  /** A parameter of the request; undefined where it is absent. */
  readonly parameter: (name: string) => string | undefined;
}

/** Answer of an operation: texts by their name, some of them grouped. */
export interface StsResult {
  readonly [name: string]: string | StsResult;
}

/** One operation of STS, and the parameters that it understands. */
export interface StsOperation {
  readonly parameters: readonly string[];
  readonly run: (api: StsApi, call: StsCall) => StsResult;
}

/** How long credentials last when nobody says, and at most for a session that is assumed by a session (STS: "AssumeRole"). */
const hour = 3_600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const assumeRole: StsOperation = {
  parameters: ['RoleArn', 'RoleSessionName', 'ExternalId', 'DurationSeconds'],
  run: ({ sessions, now }, { caller, parameter }) => {
    const roleArn = parameter('RoleArn');
    if (roleArn === undefined || !/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(roleArn)) {
      throw invalid('roleArn', roleArn, 'be the ARN of a role');
    }
    const name = parameter('RoleSessionName');
    if (name === undefined || !/^[\w+=,.@-]{2,64}$/.test(name)) {
      throw invalid('roleSessionName', name, 'satisfy regular expression pattern: [\\w+=,.@-]{2,64}');
    }
    const seconds = durationOf(parameter('DurationSeconds'));
    const externalId = parameter('ExternalId');
    const context: RequestContext = externalId === undefined ? {} : { 'sts:ExternalId': externalId };
    const assumed = sessions.assumeRole(caller, roleArn, name, context);
    if (!assumed.ok) {
      const resourceAccount = accountOf(roleArn);
      const wanted = { principal: caller, action: 'sts:AssumeRole', resource: roleArn, resourceAccount, context };
      throw new StsError('AccessDenied', denialMessage(wanted, assumed.denied), 403);
    }
    const { accessKeyId, secretAccessKey, sessionToken } = sessions.credentials(assumed.session);
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(now() + seconds * 1_000).toISOString(),
      },
      AssumedRoleUser: { Arn: assumed.session.sessionArn, AssumedRoleId: userIdOf(assumed.session) },
    };
  },
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: everyone may, whatever policies say. */
const getCallerIdentity: StsOperation = {
  parameters: [],
  run: (_, { caller }) => ({ Arn: caller.sessionArn, UserId: userIdOf(caller), Account: caller.account }),
};

/** Every operation of STS that the sandbox answers; all others are refused by name. */
export const STS_OPERATIONS: ReadonlyMap<string, StsOperation> = new Map([
  ['AssumeRole', assumeRole],
  ['GetCallerIdentity', getCallerIdentity],
]);

function durationOf(text: string | undefined): number {
  if (text === undefined) return hour;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 900) {
    throw invalid('durationSeconds', text, 'have value greater than or equal to 900');
  }
  if (seconds <= hour) return seconds;
  const message = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
  throw new StsError('ValidationError', message, 400);
}

/** The unique id of the role, which the sandbox makes up, and the name of the session. */
function userIdOf({ roleArn, sessionArn }: RolePrincipal): string {
  const roleId = createHash('sha256').update(roleArn).digest('hex').toUpperCase().slice(0, 17);
  return `AROA${roleId}:${sessionArn.slice(sessionArn.lastIndexOf('/') + 1)}`;
}
