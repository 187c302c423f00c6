import { z } from 'zod';
import { importObjects } from './import-objects.ts';
import { s3Client, s3ObjectStore } from './s3-object-store.ts';

const environment = z
  .object({
    PUBLIC_BUCKET: z.string().min(1),
    PUBLIC_BUCKET_REGION: z.string().min(1),
    SOURCE_BUCKET: z.string().min(1),
  })
  .parse(process.env);

export const handler = importObjects({
  publicStore: s3ObjectStore(s3Client(environment.PUBLIC_BUCKET_REGION)),
  store: s3ObjectStore(s3Client()),
  publicBucket: environment.PUBLIC_BUCKET,
  sourceBucket: environment.SOURCE_BUCKET,
});
