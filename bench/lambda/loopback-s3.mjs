import { openSandbox } from '@crosswind/sandbox/sandbox';
import { generateObjects } from '../../services/wind-speed/sample/generate-objects.ts';
import { writeMapRun } from './map-run.mjs';

/** A sandbox in a process of its own: S3 with a batch of objects and the partial results of a whole Map Run. */
const account = '444444444444';
const arn = `arn:aws:iam::${account}:role/bench`;
const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

process.on('message', async ({ batchObjects, batches }) => {
  const { storage, identities, sessions, endpointUrl } = await openSandbox();
  for (const name of ['source', 'results']) storage.createBucket({ name, account, region: 'us-east-1' });
  const keys = [];
  for (const { key, body } of generateObjects({ objects: batchObjects })) {
    storage.seed({ bucket: 'source', key }, body);
    keys.push(key);
  }
  const seed = (key, text) => storage.seed({ bucket: 'results', key }, Buffer.from(text));
  const mapRun = writeMapRun(batches, batchObjects, seed);

  const role = identities.addRole({ arn, name: 'bench', account, trust: { Statement: [] } });
  role.policies.push({ name: 'bench', document: { Version: '2012-10-17', Statement: [statement] } });
  const sessionArn = `arn:aws:sts::${account}:assumed-role/bench/bench`;
  const credentials = sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account });
  process.send({ endpointUrl, credentials, keys, ...mapRun });
});
