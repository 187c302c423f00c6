import type { S3Request } from './s3-request.ts';

type Names = Readonly<Record<string, string>>;

/** Operations that a query parameter names, on buckets and on objects (AWS: "Amazon S3 API Reference: Actions"). */
const BY_PARAMETER: { readonly bucket: Names; readonly object: Names } = {
  bucket: {
    'GET location': 'GetBucketLocation',
    'GET uploads': 'ListMultipartUploads',
    'GET versions': 'ListObjectVersions',
    'POST delete': 'DeleteObjects',
  },
  object: {
    'DELETE uploadId': 'AbortMultipartUpload',
    'GET tagging': 'GetObjectTagging',
    'GET uploadId': 'ListParts',
    'POST select': 'SelectObjectContent',
    'POST uploadId': 'CompleteMultipartUpload',
    'POST uploads': 'CreateMultipartUpload',
    'PUT uploadId': 'UploadPart',
  },
};

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
  for (const parameter of query.keys()) {
    const name = BY_PARAMETER[key === '' ? 'bucket' : 'object'][`${method} ${parameter}`];
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
