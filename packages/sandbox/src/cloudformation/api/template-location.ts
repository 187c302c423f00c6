import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { S3Error } from '../../s3/s3-error.ts';
import { type CloudFormationApi, validationError } from './cloudformation-api.ts';

/** Quota "Template body size in an Amazon S3 object", in bytes. */
const longestTemplate = 1_000_000;

/** The template at a URL of S3, read as the caller: of AWS in its two forms, or of this sandbox. */
export async function templateAt(
  { storage }: CloudFormationApi,
  { principal }: AwsJsonCall,
  url: string,
): Promise<string> {
  const address = addressIn(url);
  if (!address) throw validationError('TemplateURL must be a supported URL.');
  try {
    const { object, bytes } = storage.get(principal, address);
    if (object.size > longestTemplate)
      throw validationError(`Template may not exceed ${longestTemplate} bytes in size.`);
    return (await bytes()).toString();
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const message = error.code === 'AccessDenied' ? 'Access Denied' : error.message;
    throw validationError(`S3 error: ${message}`, error.denied);
  }
}

function addressIn(text: string): { readonly bucket: string; readonly key: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const { hostname, pathname } = new URL(text);
  const path = decodeURIComponent(pathname.slice(1));
  const virtual = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/.exec(hostname);
  if (virtual) return { bucket: virtual[1] ?? '', key: path };
  const isPath = /^s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$|^(127\.0\.0\.1|localhost)$/.test(hostname);
  const [, bucket = '', key = ''] = /^([^/]+)\/(.+)$/.exec(path) ?? [];
  return isPath && key !== '' ? { bucket, key } : undefined;
}
