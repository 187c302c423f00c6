import { element, leaf } from '../xml.ts';
import type { ObjectTags } from './bucket.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { required, textIn, type XmlElement } from './xml-body.ts';
import { xmlDocument } from './xml.ts';

/** Limits of the tags of one object (AWS: "Categorizing your objects using tags"). */
const MAX_TAGS = 10;
const MAX_KEY_CHARACTERS = 128;
const MAX_VALUE_CHARACTERS = 256;
const ALLOWED = /^[\p{L}\p{N}\p{Z}+\-=._:/@]*$/u;

/** The tags that a request gives to its object, if it gives any. */
export function tagsInHeader({ header }: Pick<S3Request, 'header'>): ObjectTags | undefined {
  const text = header('x-amz-tagging');
  return text === undefined ? undefined : tagsInQuery(text);
}

/** Tags in the form of a query: `team=wind&stage=dev`. */
function tagsInQuery(text: string): ObjectTags {
  const tags = [...new URLSearchParams(text)];
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
    throw new S3Error('InvalidArgument', message);
  }
  return checked(tags);
}

/** The tags in a document `Tagging`. */
export function tagsInDocument(tagSet: readonly XmlElement[]): ObjectTags {
  const tags = tagSet.map((tag) => [required(textIn(tag, 'Key')), required(textIn(tag, 'Value'))] as const);
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    throw new S3Error('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  return checked(tags);
}

/** The tags in the order of their keys. */
function checked(tags: readonly (readonly [string, string])[]): ObjectTags {
  if (tags.length > MAX_TAGS) throw new S3Error('BadRequest', `Object tags cannot be greater than ${MAX_TAGS}`);
  for (const [key, value] of tags) {
    if (key === '' || key.length > MAX_KEY_CHARACTERS || !ALLOWED.test(key)) {
      throw new S3Error('InvalidTag', 'The TagKey you have provided is invalid');
    }
    if (value.length > MAX_VALUE_CHARACTERS || !ALLOWED.test(value)) {
      throw new S3Error('InvalidTag', 'The TagValue you have provided is invalid');
    }
    if (key.startsWith('aws:')) {
      throw new S3Error('InvalidTag', 'System tags cannot be added/updated by requester');
    }
  }
  return new Map([...tags].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The document that answers which tags there are. */
export const taggingXml = (tags: ObjectTags = new Map()): string =>
  xmlDocument(
    'Tagging',
    element('TagSet', ...[...tags].map(([key, value]) => element('Tag', leaf('Key', key), leaf('Value', value)))),
  );
