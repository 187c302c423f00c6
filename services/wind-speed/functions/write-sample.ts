import { type CustomResourcePorts, customResourceHandler } from '../../../blocks/baseline/custom-resource-handler.ts';
import { deployedObjects } from '../sample/deployed-objects.ts';
import type { ObjectStore } from './object-store.ts';

export interface WriteSamplePorts extends Pick<CustomResourcePorts, 'send'> {
  readonly store: Pick<ObjectStore, 'put'>;
  readonly sourceBucket: string;
}

/** Writes the sample into the source bucket; it stays when its stack goes, as the bucket does. */
export const writeSample = ({ store, sourceBucket, send }: WriteSamplePorts) =>
  customResourceHandler({
    physicalResourceId: 'weather-sample',
    provide: async () => {
      const put = ({ key, body }: { readonly key: string; readonly body: Buffer }) =>
        store.put({ bucket: sourceBucket, key }, body.toString(), 'text/csv');
      await Promise.all(deployedObjects().map(put));
      return {};
    },
    send,
  });
