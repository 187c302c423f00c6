import type { StackResource } from '../preflight/account-reader.ts';

/** A stack of the platform on AWS that no push deploys any more. */
export interface Orphan {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** True if it is protected from deletion. */
  readonly isProtected: boolean;
  /** Resources that its deletion takes along. */
  readonly deleted: readonly StackResource[];
  /** Resources that stay: the template retains them. */
  readonly kept: readonly StackResource[];
}

/** Types of resources that hold what cannot be made again. */
const dataTypes: readonly string[] = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::KMS::Key',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
];

/** True if the stack has data, retained or not. */
export const hasData = ({ deleted, kept }: Orphan): boolean =>
  [...deleted, ...kept].some(({ type }) => dataTypes.includes(type));
