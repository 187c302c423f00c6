import { retryWhatPasses, type Wait } from './retry-what-passes.ts';

/** CloudFormation's request for a custom resource (AWS: "Custom resource request objects"). */
export interface CustomResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

export interface CustomResourcePorts {
  /**
   * `PhysicalResourceId` of the resource. It never changes, because CloudFormation deletes the old resource after a
   * change.
   */
  readonly physicalResourceId: string;
  /** Does what the resource stands for, and returns the attributes that others may ask of it. */
  readonly provide: () => Promise<Readonly<Record<string, string>>>;
  /**
   * Removes what was provided.
   *
   * @default - nothing is removed
   */
  readonly remove?: () => Promise<void>;
  /** Sends the answer to the address that CloudFormation gave. */
  readonly send: (url: string, body: string) => Promise<void>;
  /** @default - the time of this machine */
  readonly wait?: Wait;
}

/**
 * Provides a custom resource on `Create` and `Update`, and removes it on `Delete`. What may pass by itself is attempted
 * again for half a minute. A failure is reported to CloudFormation, so that the stack does not wait for the timeout.
 */
export const customResourceHandler = (ports: CustomResourcePorts) => async (request: CustomResourceRequest) => {
  const { StackId, RequestId, LogicalResourceId } = request;
  const answer = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: ports.physicalResourceId };
  const body = await outcome(ports, request);
  await ports.send(request.ResponseURL, JSON.stringify({ ...answer, ...body }));
};

async function outcome(
  { provide, remove, wait }: CustomResourcePorts,
  { RequestType }: CustomResourceRequest,
): Promise<object> {
  try {
    if (RequestType !== 'Delete') return { Status: 'SUCCESS', Data: await retryWhatPasses(provide, wait) };
    if (remove) await retryWhatPasses(remove, wait);
    return { Status: 'SUCCESS' };
  } catch (error) {
    return { Status: 'FAILED', Reason: error instanceof Error ? error.message : String(error) };
  }
}
