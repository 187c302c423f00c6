import { type CustomResourcePorts, customResourceHandler } from '../../../blocks/baseline/custom-resource-handler.ts';
import { deployedObjects } from '../sample/deployed-objects.ts';
import { samplesPrefix } from '../source-keys.ts';
import type { ObjectStore } from './object-store.ts';

export interface WriteSamplePorts extends Pick<CustomResourcePorts, 'send' | 'wait'> {
  readonly store: Pick<ObjectStore, 'put' | 'removeAll'>;
  readonly sourceBucket: string;
}

/**
 * Writes the sample into the source bucket. When its resource goes, so does every sample, with all versions: the stack
 * could not delete the bucket after a failed creation otherwise.
 */
export const writeSample = ({ store, sourceBucket, ...ports }: WriteSamplePorts) =>
  customResourceHandler({
    physicalResourceId: 'weather-sample',
    provide: async () => {
      const put = ({ key, body }: { readonly key: string; readonly body: Buffer }) =>
        store.put({ bucket: sourceBucket, key }, body.toString(), 'text/csv');
      await Promise.all(deployedObjects().map(put));
      return {};
    },
    remove: () => store.removeAll(sourceBucket, samplesPrefix),
    ...ports,
  });
