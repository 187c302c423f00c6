import type { S3Request } from './s3-request.ts';

type Names = Readonly<Record<string, string>>;

/** Operations that a query parameter names, on buckets and on objects (AWS: "Amazon S3 API Reference: Actions"). */
const BY_PARAMETER: { readonly bucket: Names; readonly object: Names } = {
  bucket: {
    'DELETE encryption': 'DeleteBucketEncryption',
    'DELETE lifecycle': 'DeleteBucketLifecycle',
    'DELETE policy': 'DeleteBucketPolicy',
    'DELETE publicAccessBlock': 'DeletePublicAccessBlock',
    'DELETE tagging': 'DeleteBucketTagging',
    'GET encryption': 'GetBucketEncryption',
    'GET location': 'GetBucketLocation',
    'GET policy': 'GetBucketPolicy',
    'GET publicAccessBlock': 'GetPublicAccessBlock',
    'GET session': 'CreateSession',
    'GET tagging': 'GetBucketTagging',
    'GET uploads': 'ListMultipartUploads',
    'GET versioning': 'GetBucketVersioning',
    'GET versions': 'ListObjectVersions',
    'POST delete': 'DeleteObjects',
    'PUT encryption': 'PutBucketEncryption',
    'PUT policy': 'PutBucketPolicy',
    'PUT publicAccessBlock': 'PutPublicAccessBlock',
    'PUT tagging': 'PutBucketTagging',
    'PUT versioning': 'PutBucketVersioning',
  },
  object: {
    'DELETE uploadId': 'AbortMultipartUpload',
    'GET uploadId': 'ListParts',
    'POST restore': 'RestoreObject',
    'POST select': 'SelectObjectContent',
    'POST uploadId': 'CompleteMultipartUpload',
    'POST uploads': 'CreateMultipartUpload',
    'PUT encryption': 'UpdateObjectEncryption',
    'PUT renameObject': 'RenameObject',
    'PUT uploadId': 'UploadPart',
  },
};

/** Parts of a bucket or an object that a query parameter names; the method says what happens to them. */
const PARTS: { readonly bucket: Names; readonly object: Names } = {
  bucket: {
    abac: 'BucketAbac',
    accelerate: 'BucketAccelerateConfiguration',
    acl: 'BucketAcl',
    analytics: 'BucketAnalyticsConfiguration',
    cors: 'BucketCors',
    encryption: 'BucketEncryption',
    'intelligent-tiering': 'BucketIntelligentTieringConfiguration',
    inventory: 'BucketInventoryConfiguration',
    lifecycle: 'BucketLifecycleConfiguration',
    location: 'BucketLocation',
    logging: 'BucketLogging',
    metadataConfiguration: 'BucketMetadataConfiguration',
    metadataTable: 'BucketMetadataTableConfiguration',
    metrics: 'BucketMetricsConfiguration',
    notification: 'BucketNotificationConfiguration',
    'object-lock': 'ObjectLockConfiguration',
    ownershipControls: 'BucketOwnershipControls',
    policy: 'BucketPolicy',
    policyStatus: 'BucketPolicyStatus',
    publicAccessBlock: 'PublicAccessBlock',
    replication: 'BucketReplication',
    requestPayment: 'BucketRequestPayment',
    tagging: 'BucketTagging',
    versioning: 'BucketVersioning',
    website: 'BucketWebsite',
  },
  object: {
    acl: 'ObjectAcl',
    attributes: 'ObjectAttributes',
    'legal-hold': 'ObjectLegalHold',
    retention: 'ObjectRetention',
    tagging: 'ObjectTagging',
    torrent: 'ObjectTorrent',
  },
};

const VERBS: Names = { DELETE: 'Delete', GET: 'Get', PUT: 'Put' };

/** Parts that a bucket has several of: without an id they are listed. */
const LISTED = /^(analytics|intelligent-tiering|inventory|metrics)$/;

const OF_BUCKETS: Names = {
  GET: 'ListObjects',
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
};

const OF_OBJECTS: Names = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/** Parameters of lists. Without a value they count as absent; any other parameter without one names what is asked for. */
const LISTING =
  /^(bucket-region|continuation-token|delimiter|encoding-type|fetch-owner|list-type|marker|max-buckets|max-keys|prefix|start-after)$/;

/** The operation by the name AWS gives it, as far as the request betrays it. */
export function operationName({ method, bucket, key, query, header }: S3Request): string {
  const kind = key === '' ? 'bucket' : 'object';
  for (const parameter of query.keys()) {
    const name = BY_PARAMETER[kind][`${method} ${parameter}`] ?? ofPart(kind, method, parameter, query);
    if (name === 'UploadPart' && header('x-amz-copy-source') !== undefined) return 'UploadPartCopy';
    if (name !== undefined) return name;
  }
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : `${method} of the service`;
  if (key !== '') {
    const copies = method === 'PUT' && header('x-amz-copy-source') !== undefined;
    return copies ? 'CopyObject' : (OF_OBJECTS[method] ?? `${method} of an object`);
  }
  if (method === 'GET' && query.get('list-type') === '2') return 'ListObjectsV2';
  const subresource = [...query].find(([name, value]) => value === '' && !LISTING.test(name))?.[0];
  return subresource === undefined ? (OF_BUCKETS[method] ?? `${method} of a bucket`) : `${method} ?${subresource}`;
}

/** The operation on a part that the parameter names, if it names one. */
function ofPart(
  kind: keyof typeof PARTS,
  method: string,
  parameter: string,
  query: URLSearchParams,
): string | undefined {
  const [verb, part] = [VERBS[method], Object.hasOwn(PARTS[kind], parameter) ? PARTS[kind][parameter] : undefined];
  if (verb === undefined || part === undefined) return undefined;
  return method === 'GET' && LISTED.test(parameter) && !query.has('id') ? `List${part}s` : `${verb}${part}`;
}
