import {
  defined,
  isObject,
  type Json,
  type JsonObject,
  listOf,
  objectOf,
  parsedJson,
  textOf,
} from '@crosswind/aws/json';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import { element, leaf } from '../xml.ts';
import { wholeBody } from './arriving-body.ts';
import type { Bucket } from './bucket.ts';
import { CHECKSUM_ALGORITHMS } from './checksum.ts';
import { defaultEncryption } from './encryption.ts';
import { answer, answerXml } from './s3-answer.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import type { Call, Operation } from './s3-operation.ts';
import { bounded, childrenOf, documentOf, required, textIn } from './xml-body.ts';
import { xmlDocument } from './xml.ts';

/** A bucket policy has at most 20 KB (AWS: "Bucket policies"), other configurations are smaller. */
const MAX_BYTES = 64 * 1024;

/** Tags of one bucket (AWS: "Using cost allocation S3 bucket tags"). */
const MAX_TAGS = 50;

const BODY_HEADERS = [
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
  'x-amz-decoded-content-length',
  ...CHECKSUM_ALGORITHMS.map((algorithm) => `x-amz-checksum-${algorithm}`),
];

/** An operation on the configuration of a bucket, which takes one permission on the bucket. */
const onConfiguration = (
  parameter: string,
  action: string,
  run: (call: Call, bucket: Bucket) => void | Promise<void>,
): Operation => ({
  parameters: [parameter],
  headers: BODY_HEADERS,
  run: async (call) => run(call, call.storage.permitted(call.caller, action, call.request.bucket)),
});

const done = ({ response }: Call, status: number): void => {
  answer(response, status, {});
};

/** Sets a property of a bucket; undefined removes it. */
function set(bucket: Bucket, name: string, value: Json | undefined): void {
  bucket.settings = defined({ ...bucket.settings, [name]: value });
}

const getBucketLocation = onConfiguration('location', 's3:GetBucketLocation', ({ response }, { region }) => {
  // The oldest region has no name here (AWS: "GetBucketLocation").
  const constraint = region === 'us-east-1' ? '' : region;
  const open = '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">';
  answerXml(response, `<?xml version="1.0" encoding="UTF-8"?>\n${open}${constraint}</LocationConstraint>`);
});

const getBucketPolicy = onConfiguration('policy', 's3:GetBucketPolicy', ({ policies, response }, bucket) => {
  const document = policies.get(bucket);
  if (!document) throw new S3Error('NoSuchBucketPolicy', 'The bucket policy does not exist');
  answer(response, 200, { 'content-type': 'application/json' }, JSON.stringify(document));
});

const putBucketPolicy = onConfiguration('policy', 's3:PutBucketPolicy', async (call, bucket) => {
  const text = (await wholeBody(call, MAX_BYTES)).toString();
  try {
    call.policies.put(bucket, policyIn(text));
  } catch (error) {
    if (!(error instanceof DeploymentRefused)) throw error;
    throw error.code === 'NotSupported'
      ? notImplemented(`PutBucketPolicy: ${error.message}`)
      : new S3Error('MalformedPolicy', error.message);
  }
  done(call, 204);
});

function policyIn(text: string): Json {
  try {
    if (text.startsWith('{')) return parsedJson(text);
  } catch {
    // Answered below, as S3 does.
  }
  throw new S3Error('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
}

const deleteBucketPolicy = onConfiguration('policy', 's3:DeleteBucketPolicy', (call, bucket) => {
  call.policies.remove(bucket);
  done(call, 204);
});

const getBucketEncryption = onConfiguration('encryption', 's3:GetEncryptionConfiguration', ({ response }, bucket) => {
  const rules = listOf(objectOf(bucket.settings['BucketEncryption'])['ServerSideEncryptionConfiguration']);
  // Every bucket has a default encryption (AWS: "GetBucketEncryption").
  const [rule = {}] = rules.filter(isObject);
  const { SSEAlgorithm = 'AES256', KMSMasterKeyID: keyId } = objectOf(rule['ServerSideEncryptionByDefault']);
  const applied = [
    leaf('SSEAlgorithm', textOf(SSEAlgorithm)),
    ...(keyId === undefined ? [] : [leaf('KMSMasterKeyID', textOf(keyId))]),
  ];
  const isOn = leaf('BucketKeyEnabled', rule['BucketKeyEnabled'] === true);
  const xml = element('Rule', element('ApplyServerSideEncryptionByDefault', ...applied), isOn);
  answerXml(response, xmlDocument('ServerSideEncryptionConfiguration', xml));
});

const putBucketEncryption = onConfiguration('encryption', 's3:PutEncryptionConfiguration', async (call, bucket) => {
  const document = documentOf('ServerSideEncryptionConfiguration', await wholeBody(call, MAX_BYTES));
  const [rule] = bounded(childrenOf(document, 'Rule'), 1);
  const [applied] = rule ? childrenOf(rule, 'ApplyServerSideEncryptionByDefault') : [];
  const algorithm = required(applied && textIn(applied, 'SSEAlgorithm'));
  if (!['AES256', 'aws:kms'].includes(algorithm)) throw notImplemented(`PutBucketEncryption with ${algorithm}`);
  const keyId = applied && textIn(applied, 'KMSMasterKeyID');
  const bucketKey = rule && textIn(rule, 'BucketKeyEnabled');
  setEncryption(bucket, {
    ServerSideEncryptionConfiguration: [
      {
        ...(bucketKey !== undefined && { BucketKeyEnabled: bucketKey === 'true' }),
        ServerSideEncryptionByDefault: {
          SSEAlgorithm: algorithm,
          ...(keyId !== undefined && { KMSMasterKeyID: keyId }),
        },
      },
    ],
  });
  done(call, 200);
});

const deleteBucketEncryption = onConfiguration('encryption', 's3:PutEncryptionConfiguration', (call, bucket) => {
  setEncryption(bucket, undefined);
  done(call, 204);
});

function setEncryption(bucket: Bucket, configuration: JsonObject | undefined): void {
  set(bucket, 'BucketEncryption', configuration);
  bucket.encryption = defaultEncryption(configuration, bucket);
}

const getBucketTagging = onConfiguration('tagging', 's3:GetBucketTagging', ({ response }, { settings }) => {
  const tags = listOf(settings['Tags']).map(objectOf);
  if (tags.length === 0) throw new S3Error('NoSuchTagSet', 'The TagSet does not exist');
  const xml = tags.map((tag) => element('Tag', leaf('Key', textOf(tag['Key'])), leaf('Value', textOf(tag['Value']))));
  answerXml(response, xmlDocument('Tagging', element('TagSet', ...xml)));
});

const putBucketTagging = onConfiguration('tagging', 's3:PutBucketTagging', async (call, bucket) => {
  const [tagSet] = bounded(childrenOf(documentOf('Tagging', await wholeBody(call, MAX_BYTES)), 'TagSet'), 1);
  const tags = (tagSet ? childrenOf(tagSet, 'Tag') : []).map((tag) => ({
    Key: required(textIn(tag, 'Key')),
    Value: required(textIn(tag, 'Value')),
  }));
  if (tags.length > MAX_TAGS)
    throw new S3Error('InvalidArgument', `Bucket tag count cannot be greater than ${MAX_TAGS}`);
  set(bucket, 'Tags', tags);
  done(call, 204);
});

const deleteBucketTagging = onConfiguration('tagging', 's3:PutBucketTagging', (call, bucket) => {
  set(bucket, 'Tags', undefined);
  done(call, 204);
});

const getBucketVersioning = onConfiguration('versioning', 's3:GetBucketVersioning', ({ response }, { settings }) => {
  const { Status: status } = objectOf(settings['VersioningConfiguration']);
  answerXml(response, xmlDocument('VersioningConfiguration', ...(status ? [leaf('Status', textOf(status))] : [])));
});

const putBucketVersioning = onConfiguration('versioning', 's3:PutBucketVersioning', async (call, bucket) => {
  const document = documentOf('VersioningConfiguration', await wholeBody(call, MAX_BYTES));
  if (textIn(document, 'MfaDelete') === 'Enabled') throw notImplemented('PutBucketVersioning with MfaDelete');
  const status = textIn(document, 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') {
    const message = 'The Versioning element must be specified';
    throw new S3Error('IllegalVersioningConfigurationException', message);
  }
  set(bucket, 'VersioningConfiguration', { Status: status });
  done(call, 200);
});

/** Settings of S3 Block Public Access; a bucket without the property has all of them (AWS: "Blocking public access"). */
const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

const getPublicAccessBlock = onConfiguration(
  'publicAccessBlock',
  's3:GetBucketPublicAccessBlock',
  ({ response }, { settings }) => {
    const configuration = settings['PublicAccessBlockConfiguration'];
    if (configuration === null) {
      const message = 'The public access block configuration was not found';
      throw new S3Error('NoSuchPublicAccessBlockConfiguration', message);
    }
    const isOn = (name: string): boolean =>
      configuration === undefined || textOf(objectOf(configuration)[name]) === 'true';
    const blocks = BLOCKS.map((name) => leaf(name, isOn(name)));
    answerXml(response, xmlDocument('PublicAccessBlockConfiguration', ...blocks));
  },
);

const putPublicAccessBlock = onConfiguration(
  'publicAccessBlock',
  's3:PutBucketPublicAccessBlock',
  async (call, bucket) => {
    const document = documentOf('PublicAccessBlockConfiguration', await wholeBody(call, MAX_BYTES));
    const blocks = BLOCKS.map((name) => [name, textIn(document, name) === 'true'] as const);
    set(bucket, 'PublicAccessBlockConfiguration', Object.fromEntries(blocks));
    done(call, 200);
  },
);

const deletePublicAccessBlock = onConfiguration(
  'publicAccessBlock',
  's3:PutBucketPublicAccessBlock',
  (call, bucket) => {
    set(bucket, 'PublicAccessBlockConfiguration', null);
    done(call, 204);
  },
);

const deleteBucket: Operation = {
  parameters: [],
  headers: [],
  run: (call) => {
    const bucket = call.storage.permitted(call.caller, 's3:DeleteBucket', call.request.bucket);
    call.storage.removeBucket(bucket.name);
    call.policies.remove(bucket);
    done(call, 204);
  },
};

/** Operations on what a bucket is configured with, by their names. */
export const CONFIGURATION_OPERATIONS: Readonly<Record<string, Operation>> = {
  DeleteBucket: deleteBucket,
  DeleteBucketEncryption: deleteBucketEncryption,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketTagging: deleteBucketTagging,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketEncryption: getBucketEncryption,
  GetBucketLocation: getBucketLocation,
  GetBucketPolicy: getBucketPolicy,
  GetBucketTagging: getBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  GetPublicAccessBlock: getPublicAccessBlock,
  PutBucketEncryption: putBucketEncryption,
  PutBucketPolicy: putBucketPolicy,
  PutBucketTagging: putBucketTagging,
  PutBucketVersioning: putBucketVersioning,
  PutPublicAccessBlock: putPublicAccessBlock,
};
