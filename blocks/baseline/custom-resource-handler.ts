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
  /** Sends the answer to the address that CloudFormation gave. */
  readonly send: (url: string, body: string) => Promise<void>;
}

/**
 * Provides a custom resource on `Create` and `Update`, and does nothing on `Delete`. A failure is reported to
 * CloudFormation, so that the stack does not wait for the timeout.
 */
export const customResourceHandler = (ports: CustomResourcePorts) => async (request: CustomResourceRequest) => {
  const { StackId, RequestId, LogicalResourceId } = request;
  const answer = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: ports.physicalResourceId };
  const body = await outcome(ports, request);
  await ports.send(request.ResponseURL, JSON.stringify({ ...answer, ...body }));
};

async function outcome({ provide }: CustomResourcePorts, { RequestType }: CustomResourceRequest): Promise<object> {
  if (RequestType === 'Delete') return { Status: 'SUCCESS' };
  try {
    return { Status: 'SUCCESS', Data: await provide() };
  } catch (error) {
    return { Status: 'FAILED', Reason: error instanceof Error ? error.message : String(error) };
  }
}
