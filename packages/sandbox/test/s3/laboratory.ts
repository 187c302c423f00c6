import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { authorize } from '@crosswind/iam/authorize';
import type { Decision } from '@crosswind/iam/decision';
import type { PolicySource, StatementJson } from '@crosswind/iam/policy-document';
import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';
import { openEndpoint } from '../../src/endpoint.ts';
import type { Credentials } from '../../src/iam/session-credentials.ts';
import { Keys } from '../../src/kms/keys.ts';
import { BucketPolicies } from '../../src/s3/bucket-policies.ts';
import { Identities } from '../../src/iam/identities.ts';
import { ObjectStorage } from '../../src/s3/object-storage.ts';
import { s3Service } from '../../src/s3/s3-service.ts';

export const ACCOUNT = '444444444444';
export const REGION = 'us-east-1';
/** 2026-01-02T03:04:05Z */
export const NOW = 1_767_323_045_000;

type RolePrincipal = Extract<Principal, { kind: 'role' }>;

export const roleSession = (name: string, account = ACCOUNT): RolePrincipal => ({
  kind: 'role',
  roleArn: `arn:aws:iam::${account}:role/${name}`,
  sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
  account,
});

const source = (name: string, statements: readonly StatementJson[]): PolicySource => ({
  name,
  document: { Version: '2012-10-17', Statement: statements },
});

/** Policies of roles by role name, and of buckets and keys by ARN. */
export type Policies = Readonly<Record<string, readonly StatementJson[]>>;

const onBucketOf = (objectArn: string): string => objectArn.split('/', 1)[0] ?? objectArn;

/** Decides requests by a plain table of policies. */
function authorizer(policies: Policies): (request: AccessRequest) => Decision {
  const sources = Object.fromEntries(Object.entries(policies).map(([name, it]) => [name, source(name, it)]));
  return (request) => {
    const name = request.principal.kind === 'role' ? (request.principal.roleArn.split('/').pop() ?? '') : '';
    const resource = sources[request.action.startsWith('kms:') ? request.resource : onBucketOf(request.resource)];
    return authorize(request, { identity: sources[name] ? [sources[name]] : [], ...(resource && { resource }) });
  };
}

/** A storage in a temporary directory that is gone when the laboratory is closed. */
export function storageOf(policies: Policies) {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-s3-'));
  const storage = new ObjectStorage({ directory, authorize: authorizer(policies), keys: new Keys(), now: () => NOW });
  return {
    storage,
    directory,
    close: () => {
      rmSync(directory, { recursive: true });
    },
  };
}

/** A storage behind HTTP on loopback, and clients for roles of any name; the access key is `AKIA` and the role's name. */
export async function laboratory(policies: Policies) {
  const { storage, directory, close } = storageOf(policies);
  const failures: unknown[] = [];
  const endpoint = await openEndpoint({
    services: [
      s3Service({
        storage,
        policies: new BucketPolicies(new Identities()),
        onFailure: (error) => failures.push(error),
      }),
    ],
    authenticate: (accessKeyId, sessionToken) => {
      if (!accessKeyId.startsWith('AKIA')) return { ok: false, reason: 'unknown key' };
      const session = roleSession(accessKeyId.slice(4));
      return sessionToken === 'token'
        ? { ok: true, session, secretAccessKey: 'secret' }
        : { ok: false, reason: 'invalid token' };
    },
  });
  const { url } = endpoint;
  const credentialsOf = (role: string): Credentials => ({
    accessKeyId: `AKIA${role}`,
    secretAccessKey: 'secret',
    sessionToken: 'token',
  });
  const clients: S3Client[] = [];
  // Tests that store thousands of objects at once may outlast the five seconds after which the server closes an idle
  // connection. A client that reuses it at that time gets ECONNRESET.
  const requestHandler = { httpAgent: { keepAlive: false } };
  const client = (role: string, other: Partial<Credentials> = {}) => {
    const credentials = { ...credentialsOf(role), ...other };
    const made = new S3Client({ endpoint: url, region: REGION, credentials, maxAttempts: 1, requestHandler });
    clients.push(made);
    return made;
  };
  return {
    storage,
    directory,
    url,
    client,
    credentialsOf,
    failures,
    close: async () => {
      for (const made of clients) made.destroy();
      await endpoint.close();
      close();
    },
  };
}
