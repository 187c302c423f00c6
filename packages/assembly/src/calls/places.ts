import { accountOf } from '@crosswind/aws/arn';
import { isUnresolved, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Resource, Stack } from '../resolve.ts';

/** Facts of the stacks of an assembly about resources that calls name. */
export interface Places {
  /** Account of a resource; of a bucket, which has none in its ARN, that of its stack. Empty if it is not known. */
  readonly accountOf: (arn: string) => string;
  /** ARN of the key that encrypts a bucket, by the ARN of the bucket; undefined without a key of the account's own. */
  readonly keyOfBucket: (bucketArn: string) => string | undefined;
  /** Resources of the stacks that a pattern for many accounts or roles means; the text itself otherwise, and if none is. */
  readonly meant: (pattern: string) => readonly string[];
  /** ARN of the key that encrypts a topic or queue. */
  readonly keyOf: (arn: string) => string | undefined;
}

/** The ARN of the bucket that an ARN of S3 is, or is an object of. */
export const bucketOf = (arn: string): string => /^arn:[^:]+:s3:::[^/]+/.exec(arn)?.[0] ?? arn;

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** Reads places from resolved stacks. */
export function placesOf(stacks: readonly Stack[]): Places {
  const located = new Map<string, { readonly resource: Resource; readonly stack: Stack }>();
  for (const stack of stacks) {
    for (const resource of stack.resources) {
      if (resource.arn !== undefined) located.set(resource.arn, { resource, stack });
    }
  }
  const keyArn = (key: string, { account, region }: Stack, arn: string): string | undefined => {
    if (key === '' || isUnresolved(key) || key.startsWith('alias/aws/')) return undefined;
    if (key.startsWith('arn:')) return key;
    return `${arn.split(':', 2).join(':')}:kms:${region}:${account}:key/${key}`;
  };
  return {
    accountOf: (arn) => accountOf(arn) || (located.get(bucketOf(arn))?.stack.account ?? ''),
    keyOfBucket: (bucketArn) => {
      const found = located.get(bucketOf(bucketArn));
      if (!found) return undefined;
      const { ServerSideEncryptionConfiguration: rules } = objectOf(found.resource.properties['BucketEncryption']);
      const [rule] = listOf(rules).map((each) => objectOf(objectOf(each)['ServerSideEncryptionByDefault']));
      return keyArn(textOf(rule?.['KMSMasterKeyID']), found.stack, bucketArn);
    },
    meant: (pattern) => {
      if (accountOf(pattern) !== '*' && !/^arn:[^:]+:iam::[^:]*:role\/.*\*/.test(pattern)) return [pattern];
      const form = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`);
      const found = [...located.keys()].filter((arn) => form.test(arn));
      return found.length > 0 ? found : [pattern];
    },
    keyOf: (arn) => {
      const found = located.get(arn);
      return found && keyArn(textOf(found.resource.properties['KmsMasterKeyId']), found.stack, arn);
    },
  };
}
