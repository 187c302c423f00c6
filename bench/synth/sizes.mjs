import { readFileSync, readdirSync } from 'node:fs';

const policyTypes = new Set([
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::KMS::Key',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

/** Metrics of a dashboard: the rows of its widgets that are no expressions. */
function metricsOf(body) {
  const text =
    typeof body === 'string'
      ? body
      : body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'x')).join('');
  const rows = JSON.parse(text).widgets.flatMap(({ properties }) => properties.metrics ?? []);
  return rows.filter((row) => row.at(-1)?.expression === undefined).length;
}

/** Bytes of the templates of an assembly and of the longest policy in them, and what AWS limits. */
export function sizesOf(directory) {
  const files = readdirSync(directory, { recursive: true }).filter((name) => name.endsWith('.template.json'));
  const texts = files.map((name) => readFileSync(`${directory}/${name}`, 'utf8'));
  const resources = texts.map((text) => Object.values(JSON.parse(text).Resources ?? {}));
  const ofType = (type) => resources.flat().filter(({ Type }) => Type === type);
  const policies = resources
    .flat()
    .filter(({ Type }) => policyTypes.has(Type))
    .map(({ Properties }) => JSON.stringify(Properties.PolicyDocument ?? Properties.KeyPolicy).length);
  const lengths = texts.map((text) => Buffer.byteLength(text));
  return {
    templates: files.length,
    templateBytes: lengths.reduce((sum, length) => sum + length, 0),
    largestTemplateBytes: Math.max(...lengths),
    policies: policies.length,
    largestPolicyBytes: Math.max(...policies),
    mostResources: Math.max(...resources.map(({ length }) => length)),
    actions: Math.max(
      ...ofType('AWS::CodePipeline::Pipeline').map(({ Properties }) =>
        Properties.Stages.reduce((sum, { Actions }) => sum + Actions.length, 0),
      ),
    ),
    mostMetrics: Math.max(
      ...ofType('AWS::CloudWatch::Dashboard').map(({ Properties }) => metricsOf(Properties.DashboardBody)),
    ),
  };
}
