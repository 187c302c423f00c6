import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpService } from '../endpoint.ts';
import type { Arrival } from '../signatures/arrival.ts';
import { headBucket, listBuckets, listObjects, listObjectsV2 } from './bucket-operations.ts';
import type { BucketPolicies } from './bucket-policies.ts';
import { CONFIGURATION_OPERATIONS } from './configuration-operations.ts';
import { deleteObjects } from './delete-objects.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listParts,
  uploadPart,
  uploadPartCopy,
} from './multipart-operations.ts';
import { listObjectVersions } from './list-versions-operation.ts';
import type { ObjectStorage } from './object-storage.ts';
import { operationName } from './operation-name.ts';
import { getObject, headObject } from './read-operations.ts';
import { answerError } from './s3-answer.ts';
import { callerOf } from './s3-caller.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import { refuseUnknown, type Operation } from './s3-operation.ts';
import { type S3Request, s3Request } from './s3-request.ts';
import { TAGGING_OPERATIONS } from './tagging-operations.ts';
import { copyObject, deleteObject, putObject } from './write-operations.ts';

/** Every operation of S3 that the sandbox answers; all others are refused by name. */
const S3_OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ...Object.entries(CONFIGURATION_OPERATIONS),
  ...Object.entries(TAGGING_OPERATIONS),
  ['AbortMultipartUpload', abortMultipartUpload],
  ['CompleteMultipartUpload', completeMultipartUpload],
  ['CopyObject', copyObject],
  ['CreateMultipartUpload', createMultipartUpload],
  ['DeleteObject', deleteObject],
  ['DeleteObjects', deleteObjects],
  ['GetObject', getObject],
  ['HeadBucket', headBucket],
  ['HeadObject', headObject],
  ['ListBuckets', listBuckets],
  ['ListObjects', listObjects],
  ['ListObjectVersions', listObjectVersions],
  ['ListObjectsV2', listObjectsV2],
  ['ListParts', listParts],
  ['PutObject', putObject],
  ['UploadPart', uploadPart],
  ['UploadPartCopy', uploadPartCopy],
]);

/** Dependencies of the service. */
export interface S3ServicePorts {
  readonly storage: ObjectStorage;
  readonly policies: BucketPolicies;
  /**
   * Called with failures of the sandbox itself. The client gets an InternalError.
   *
   * @default - nothing happens
   */
  readonly onFailure?: (error: unknown) => void;
}

/** S3's REST protocol for the SDK and the AWS CLI, path style; bodies are verified as they arrive. */
export function s3Service(ports: S3ServicePorts): HttpService {
  const answer = async (arrival: Arrival, response: ServerResponse): Promise<void> => {
    const { incoming, requestId } = arrival;
    response.setHeader('x-amz-request-id', requestId);
    try {
      await respond(ports, arrival, response);
    } catch (error) {
      if (hasLeft(incoming, error)) return;
      if (!(error instanceof S3Error)) ports.onFailure?.(error);
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const shown =
        error instanceof S3Error ? error : new S3Error('InternalError', `the simulated S3 failed: ${String(error)}`);
      if (shown.code === 'NotImplemented') arrival.notSimulated();
      answerError(response, shown, incoming.url ?? '/', requestId, incoming.method === 'HEAD');
    }
  };
  return { signingName: 's3', operations: [...S3_OPERATIONS.keys()], handles: () => true, answer };
}

/** True if the error only means that the client closed the connection. */
function hasLeft({ socket }: IncomingMessage, error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return socket.destroyed && ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(code));
}

async function respond({ storage, policies }: S3ServicePorts, { incoming, sender }: Arrival, response: ServerResponse) {
  const request = s3Request(incoming);
  const caller = callerOf(request, sender);
  const seed = sender.kind === 'signed' ? sender.seed : undefined;
  const name = operationName(request);
  const operation = S3_OPERATIONS.get(name);
  if (operation === undefined) throw notImplemented(name);
  refuseUnknown(name, operation, request);
  refuseOtherOwner(storage, request);
  await operation.run({ storage, policies, caller, request, incoming, seed, response });
}

/** Refuses a bucket of another account than the client expects (AWS: "Verifying bucket ownership with bucket owner condition"). */
function refuseOtherOwner(storage: ObjectStorage, { bucket: name, header }: S3Request): void {
  const expected = header('x-amz-expected-bucket-owner');
  const owner = storage.bucket(name)?.account ?? expected;
  if (owner !== expected && expected !== undefined) throw new S3Error('AccessDenied', 'Access Denied');
}
