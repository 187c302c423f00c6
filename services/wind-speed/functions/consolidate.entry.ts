import { z } from 'zod';
import { emitter } from '../../../blocks/observability/emit-metrics.ts';
import { runMetrics } from '../metrics.ts';
import { consolidate } from './consolidate.ts';
import { s3Client, s3ObjectStore } from './s3-object-store.ts';

const environment = z.object({ RESULTS_BUCKET: z.string().min(1) }).parse(process.env);

export const handler = consolidate({
  store: s3ObjectStore(s3Client()),
  resultsBucket: environment.RESULTS_BUCKET,
  emit: emitter(runMetrics),
});
