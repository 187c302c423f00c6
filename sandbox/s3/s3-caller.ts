import type { Principal } from '../../policies/iam/principal.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** Finds the session that an access key and its session token belong to. */
export type Authenticate = (accessKeyId: string, sessionToken: string | undefined) => Principal | undefined;

/** Who sends a request: the owner of the access key, or nobody known for an unsigned request. Signatures are not verified. */
export function callerOf({ header }: S3Request, authenticate: Authenticate): Principal {
  const authorization = header('authorization');
  if (authorization === undefined) return { kind: 'anonymous' };
  const accessKeyId = /^AWS4-[\w-]+ Credential=([^/,\s]+)\//.exec(authorization)?.[1];
  if (accessKeyId === undefined) throw notImplemented(`Authorization by ${authorization.split(' ', 1)[0] ?? ''}`);
  const principal = authenticate(accessKeyId, header('x-amz-security-token'));
  if (principal !== undefined) return principal;
  throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
}
