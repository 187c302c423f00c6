import { objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Stack } from '../resolve.ts';
import type { Places } from './places.ts';
import type { PlannedCall } from './planned-call.ts';

/** Delivery of the access logs of buckets (Amazon S3 User Guide, "Enabling Amazon S3 server access logging"). */
export const bucketCalls = (stack: Stack, places: Places): readonly PlannedCall[] =>
  stack.resources
    .filter(({ type }) => type === 'AWS::S3::Bucket')
    .flatMap(({ path, name, arn = '', properties }) => {
      const { DestinationBucketName, LogFilePrefix } = objectOf(properties['LoggingConfiguration']);
      if (properties['LoggingConfiguration'] === undefined) return [];
      // Without a destination a bucket keeps its own logs (AWS::S3::Bucket LoggingConfiguration).
      const destination = textOf(DestinationBucketName) || name;
      const resource = `arn:${partitionOf(stack.region)}:s3:::${destination}/${textOf(LogFilePrefix)}*`;
      return [
        {
          caller: { kind: 'service', service: 'logging.s3.amazonaws.com' },
          action: 's3:PutObject',
          resource,
          resourceAccount: places.accountOf(resource),
          context: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': arn },
          by: { path, part: 'access logs' },
        },
      ];
    });
