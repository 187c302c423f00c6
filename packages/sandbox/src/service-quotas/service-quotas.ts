import { type JsonObject, textOf } from '@crosswind/aws/json';
import { globalRegionOf, partitionOf } from '@crosswind/aws/partition';
import { type ServiceQuota, serviceQuotas as quotas } from '@crosswind/aws/quotas';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonCall, awsJsonService } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { QuotasOf } from '../quotas/granted-quotas.ts';
import type { SandboxService } from '../service.ts';

export interface ServiceQuotasPorts {
  readonly authorize: Authorize;
  readonly quotasOf: QuotasOf;
}

/** Service Quotas: values of an account, those that are set and those of AWS. Nothing is raised. */
export const serviceQuotas = (ports: ServiceQuotasPorts): SandboxService => ({
  endpoint: awsJsonService({
    title: 'Service Quotas',
    signingName: 'servicequotas',
    target: 'ServiceQuotasV20190624',
    version: '1.1',
    operations: new Map([
      ['GetAWSDefaultServiceQuota', (call: AwsJsonCall) => getDefault(ports, call)],
      ['GetServiceQuota', (call: AwsJsonCall) => getApplied(ports, call)],
    ]),
  }),
});

/** https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetAWSDefaultServiceQuota.html */
function getDefault({ authorize }: ServiceQuotasPorts, call: AwsJsonCall): JsonObject {
  permit(authorize, call, 'servicequotas:GetAWSDefaultServiceQuota', '*');
  const quota = quotaAsked(call);
  return { Quota: shown(call, quota, quota.usual) };
}

/**
 * "If the applied quota value is not available for a quota, the quota is not retrieved":
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
 */
function getApplied({ authorize, quotasOf }: ServiceQuotasPorts, call: AwsJsonCall): JsonObject {
  permit(authorize, call, 'servicequotas:GetServiceQuota', '*');
  const quota = quotaAsked(call);
  const { applied, lambdaConcurrency } = quotasOf({ account: call.principal.account, region: call.region });
  const isConcurrency = quota === quotas.lambdaConcurrency;
  const value = isConcurrency ? lambdaConcurrency : applied[`${quota.service}/${quota.code}`];
  if (value === undefined) throw noSuchQuota();
  return { Quota: { ...shown(call, quota, value), QuotaAppliedAtLevel: 'ACCOUNT' } };
}

/** The quota that is asked for, where it is known: a global one in the region of global services only. */
function quotaAsked({ body, region }: AwsJsonCall): ServiceQuota {
  const [service, code] = [textOf(body['ServiceCode']), textOf(body['QuotaCode'])];
  const found = Object.values<ServiceQuota>(quotas).find((quota) => quota.service === service && quota.code === code);
  if (!found || (found.isGlobal && region !== globalRegionOf(region))) throw noSuchQuota();
  return found;
}

const noSuchQuota = (): AwsJsonError =>
  new AwsJsonError('NoSuchResourceException', 'The request failed because the specified service quota does not exist.');

const shown = ({ principal, region }: AwsJsonCall, quota: ServiceQuota, Value: number): JsonObject => ({
  ServiceCode: quota.service,
  QuotaArn: `arn:${partitionOf(region)}:servicequotas:${region}:${principal.account}:${quota.service}/${quota.code}`,
  QuotaCode: quota.code,
  QuotaName: quota.name,
  ...{ Value, Unit: 'None', Adjustable: true, GlobalQuota: quota.isGlobal },
});
