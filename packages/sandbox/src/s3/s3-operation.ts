import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '@crosswind/iam/principal';
import type { Seed } from '../signatures/sender.ts';
import type { BucketPolicies } from './bucket-policies.ts';
import type { ObjectStorage } from './object-storage.ts';
import { notImplemented } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** One authenticated request with everything needed to answer it. */
export interface Call {
  readonly storage: ObjectStorage;
  readonly policies: BucketPolicies;
  readonly caller: Principal;
  readonly request: S3Request;
  readonly incoming: IncomingMessage;
  /** Seed of the chunk signatures. Undefined for a request without a signature. */
  readonly seed: Seed | undefined;
  readonly response: ServerResponse;
}

/** One operation of S3: what it may be asked, and how it answers. */
export interface Operation {
  /** Query parameters it understands besides `x-id`. */
  readonly parameters: readonly string[];
  /** `x-amz-…` and `if-…` headers it understands besides the general ones. `x-amz-meta-` means all with that prefix. */
  readonly headers: readonly string[];
  readonly run: (call: Call) => void | Promise<void>;
}

const HEADERS_OF_EVERY_REQUEST = [
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-expected-bucket-owner',
  'x-amz-security-token',
  'x-amz-user-agent',
];

/** Refuses by name what an operation would otherwise have to ignore. */
export function refuseUnknown(
  name: string,
  { parameters, headers }: Operation,
  { query, headerNames }: S3Request,
): void {
  for (const parameter of query.keys()) {
    if (parameter !== 'x-id' && !parameters.includes(parameter))
      throw notImplemented(`${name} with parameter ${parameter}`);
  }
  for (const header of headerNames) {
    if (!/^(x-amz-|if-)/.test(header)) continue;
    const known = headers.some((prefix) => header === prefix || (prefix.endsWith('-') && header.startsWith(prefix)));
    if (!known && !HEADERS_OF_EVERY_REQUEST.includes(header)) throw notImplemented(`${name} with header ${header}`);
  }
}
