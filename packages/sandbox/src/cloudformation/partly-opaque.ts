/** Resource types of which only the unresolved part is opaque: a statement may depend on it, a role is there without it. */
export const partlyOpaque: ReadonlySet<string> = new Set([
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);
