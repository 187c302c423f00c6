import { createHash } from 'node:crypto';
import { textOf } from '@crosswind/aws/json';
import { permit } from '../aws-json/permit.ts';
import type { AwsJsonCall } from '../aws-json/aws-json-service.ts';
import type { PolicyVersion } from './identities.ts';
import { encoded, type IamApi, type IamOperation, noSuchEntity } from './role-named.ts';

/** The sandbox keeps no times of creation: all policies are of the first second of 2026. */
const createdAt = Date.UTC(2026, 0, 1) / 1_000;

/** Versions of the policy that a request names, the default one last. */
function versionsNamed({ authorize, identities }: IamApi, call: AwsJsonCall, action: string) {
  const arn = textOf(call.body['PolicyArn']);
  permit(authorize, call, `iam:${action}`, arn);
  const versions = identities.policyVersions(arn);
  const current = versions.at(-1);
  if (!current) throw noSuchEntity(`Policy ${arn} was not found.`);
  return { arn, versions, current };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
const getPolicy: IamOperation = (api, call) => {
  const { arn, current } = versionsNamed(api, call, 'GetPolicy');
  const [, path = '/', name = ''] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  const holders = api.identities.rolesWith(arn);
  const hasIt = (policy: { readonly managedArn?: string } | undefined): boolean => policy?.managedArn === arn;
  return {
    Policy: {
      PolicyName: name,
      PolicyId: `ANPA${createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()}`,
      Arn: arn,
      Path: path,
      DefaultVersionId: current.id,
      AttachmentCount: holders.filter(({ policies }) => policies.some(hasIt)).length,
      PermissionsBoundaryUsageCount: holders.filter(({ boundary }) => hasIt(boundary)).length,
      IsAttachable: true,
      CreateDate: createdAt,
      UpdateDate: createdAt,
    },
  };
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
const getPolicyVersion: IamOperation = (api, call) => {
  const { arn, versions, current } = versionsNamed(api, call, 'GetPolicyVersion');
  const id = textOf(call.body['VersionId']);
  const version = versions.find((each) => each.id === id);
  if (!version) throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
  return { PolicyVersion: shown(version, current) };
};

const shown = ({ id, policy }: PolicyVersion, current: PolicyVersion) => ({
  Document: encoded(policy.document),
  VersionId: id,
  IsDefaultVersion: id === current.id,
  CreateDate: createdAt,
});

/** Operations that read managed policies of customers. */
export const readPolicies: readonly (readonly [string, IamOperation])[] = [
  ['GetPolicy', getPolicy],
  ['GetPolicyVersion', getPolicyVersion],
];
