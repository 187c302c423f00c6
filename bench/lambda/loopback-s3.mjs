import { openEndpoint } from '@crosswind/sandbox/endpoint';
import { ObjectStorage } from '@crosswind/sandbox/s3/object-storage';
import { s3Service } from '@crosswind/sandbox/s3/s3-service';
import { generateObjects } from '../../services/wind-speed/sample/generate-objects.ts';
import { writeMapRun } from './map-run.mjs';

/** The sandbox's S3 in a process of its own, with a batch of objects and the partial results of a whole Map Run. */
const account = '444444444444';
const role = 'arn:aws:iam::444444444444:role/bench';
const caller = { kind: 'role', roleArn: role, sessionArn: role, account };

process.on('message', async ({ directory, batchObjects, batches }) => {
  const storage = new ObjectStorage({
    directory,
    authorize: () => ({ allowed: true, reason: 'the bench owns everything' }),
    now: () => 1_767_323_045_000,
  });
  for (const name of ['source', 'results']) storage.createBucket({ name, account, region: 'us-east-1' });
  const keys = [];
  for (const { key, body } of generateObjects({ objects: batchObjects })) {
    storage.seed({ bucket: 'source', key }, body);
    keys.push(key);
  }
  const seed = (key, text) => storage.seed({ bucket: 'results', key }, Buffer.from(text));
  const mapRun = writeMapRun(batches, batchObjects, seed);

  const endpoint = await openEndpoint({
    services: [s3Service({ storage, onFailure: (error) => console.error(error) })],
    // The secret that bench.mjs gives to the functions.
    authenticate: () => ({ ok: true, session: caller, secretAccessKey: 'bench' }),
  });
  process.send({ port: Number(new URL(endpoint.url).port), keys, ...mapRun });
});
