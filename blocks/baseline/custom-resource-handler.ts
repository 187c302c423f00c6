/** CloudFormation's request for a custom resource (AWS: "Custom resource request objects"). */
export interface CustomResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

export interface CustomResourcePorts {
  /** What CloudFormation calls the resource; it stays the same, so that an update never deletes what it replaces. */
  readonly physicalResourceId: string;
  /** Does what the resource stands for, and returns the attributes that others may ask of it. */
  readonly provide: () => Promise<Readonly<Record<string, string>>>;
  /** Sends the answer to the address that CloudFormation gave. */
  readonly send: (url: string, body: string) => Promise<void>;
}

/**
 * Provides a custom resource when it is created or updated; nothing is to do when it goes. A failure is told to
 * CloudFormation, which then does not wait for it.
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
