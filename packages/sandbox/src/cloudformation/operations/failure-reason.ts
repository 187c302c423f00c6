import { randomUUID } from 'node:crypto';
import type { DeploymentRefused } from '../refusal.ts';

/** AWS's sentence for the failure of a resource handler (User Guide: "Troubleshooting CloudFormation"). */
export const reasonOf = ({ code, message }: DeploymentRefused): string =>
  code === 'ValidationError'
    ? message
    : `Resource handler returned message: "${message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${handlerCode(code)})`;

/** Codes of resource handlers (CloudFormation CLI User Guide: "Handler error codes"). */
function handlerCode(code: string): string {
  if (/AlreadyExists|AlreadyOwned|ResourceConflict|EntityAlreadyExists|BucketAlreadyExists/.test(code))
    return 'AlreadyExists';
  if (code === 'NotUpdatable') return code;
  if (code.includes('AccessDenied')) return 'AccessDenied';
  if (/NotFound|NoSuch/.test(code)) return 'NotFound';
  return /Invalid|Malformed|Validation/.test(code) ? 'InvalidRequest' : 'GeneralServiceException';
}

/** AWS's sentence for resources that an operation could not create, change or delete. */
export const failedSentence = (ids: readonly string[], verb: 'create' | 'update' | 'delete'): string =>
  ids.length === 0 ? '' : `The following resource(s) failed to ${verb}: [${ids.join(', ')}]. `;
