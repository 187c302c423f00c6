import { readFileSync, readdirSync } from 'node:fs';

const policyTypes = new Set([
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::KMS::Key',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

/** Bytes of the templates of an assembly, and of the longest policy in them. */
export function sizesOf(directory) {
  const files = readdirSync(directory, { recursive: true }).filter((name) => name.endsWith('.template.json'));
  const texts = files.map((name) => readFileSync(`${directory}/${name}`, 'utf8'));
  const policies = texts
    .flatMap((text) => Object.values(JSON.parse(text).Resources ?? {}))
    .filter(({ Type }) => policyTypes.has(Type))
    .map(({ Properties }) => JSON.stringify(Properties.PolicyDocument ?? Properties.KeyPolicy).length);
  const lengths = texts.map((text) => Buffer.byteLength(text));
  return {
    templates: files.length,
    templateBytes: lengths.reduce((sum, length) => sum + length, 0),
    largestTemplateBytes: Math.max(...lengths),
    policies: policies.length,
    largestPolicyBytes: Math.max(...policies),
  };
}
