import { type CustomResourcePorts, customResourceHandler } from '../../baseline/custom-resource-handler.ts';

export interface FindSinkPorts extends Pick<CustomResourcePorts, 'send'> {
  /** The ARN of the monitoring account's sink, read with a role of that account. */
  readonly sinkArn: () => Promise<string>;
}

/** Looks up the sink, so that a link can name it; it belongs to another account, so nothing of it is deleted. */
export const findSink = ({ sinkArn, send }: FindSinkPorts) =>
  customResourceHandler({
    physicalResourceId: 'observability-sink',
    provide: async () => ({ Arn: await sinkArn() }),
    send,
  });
