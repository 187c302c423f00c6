import { z } from 'zod';
import { sendToCloudFormation } from '../../../blocks/baseline/send-to-cloudformation.ts';
import { s3Client, s3ObjectStore } from './s3-object-store.ts';
import { writeSample } from './write-sample.ts';

const environment = z.object({ SOURCE_BUCKET: z.string().min(1) }).parse(process.env);

export const handler = writeSample({
  store: s3ObjectStore(s3Client()),
  sourceBucket: environment.SOURCE_BUCKET,
  send: sendToCloudFormation,
});
