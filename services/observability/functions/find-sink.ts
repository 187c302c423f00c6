/** Answers CloudFormation's request for a custom resource (AWS: "Custom resource request objects"). */
export interface CustomResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

export interface FindSinkPorts {
  /** The ARN of the monitoring account's sink, read with a role of that account. */
  readonly sinkArn: () => Promise<string>;
  /** Sends the answer to the address that CloudFormation gave. */
  readonly send: (url: string, body: string) => Promise<void>;
}

/** Looks up the sink, so that a link can name it; a failure is told to CloudFormation, which then does not wait for it. */
export const findSink = (ports: FindSinkPorts) => async (request: CustomResourceRequest) => {
  const { StackId, RequestId, LogicalResourceId } = request;
  const answer = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: 'observability-sink' };
  const body = await outcome(ports, request);
  await ports.send(request.ResponseURL, JSON.stringify({ ...answer, ...body }));
};

async function outcome({ sinkArn }: FindSinkPorts, { RequestType }: CustomResourceRequest): Promise<object> {
  // There is nothing to delete: what was looked up belongs to another account.
  if (RequestType === 'Delete') return { Status: 'SUCCESS' };
  try {
    return { Status: 'SUCCESS', Data: { Arn: await sinkArn() } };
  } catch (error) {
    return { Status: 'FAILED', Reason: error instanceof Error ? error.message : String(error) };
  }
}
