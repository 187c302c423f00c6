import { z } from 'zod';
import { partitionOf } from '@crosswind/aws/partition';
import { permit } from '../../aws-json/permit.ts';
import type { Watcher } from '../../oam/observability.ts';
import {
  type CloudWatchApi,
  type CloudWatchOperation,
  cloudWatchError,
  epochSeconds,
  requested,
} from './cloudwatch-api.ts';
import { pageOf } from './next-token.ts';

const nameOnly = z.object({ DashboardName: z.string().min(1).max(255) });
const prefixOnly = z.object({ DashboardNamePrefix: z.string().default(''), NextToken: z.string().optional() });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetDashboard.html */
export const getDashboard: CloudWatchOperation = (api, call) => {
  const { DashboardName: name } = requested(nameOnly, call.body);
  const { account } = call.principal;
  const arn = arnOf({ account, region: call.region, name });
  permit(api.authorize, call, 'cloudwatch:GetDashboard', arn);
  const dashboard = dashboardsOf(api, account).find((candidate) => candidate.name === name);
  if (!dashboard) throw cloudWatchError('DashboardNotFoundError', `Dashboard ${name} does not exist`);
  return { DashboardName: name, DashboardArn: arn, DashboardBody: JSON.stringify(dashboard.properties) };
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html */
export const listDashboards: CloudWatchOperation = (api, call) => {
  const { DashboardNamePrefix: prefix, NextToken: token } = requested(prefixOnly, call.body);
  const { account } = call.principal;
  permit(api.authorize, call, 'cloudwatch:ListDashboards', '*');
  const found = dashboardsOf(api, account).filter(({ name }) => name.startsWith(prefix));
  const { items, next } = pageOf(found, { of: ['ListDashboards', account, prefix], size: 1_000, token });
  const entries = items.map((dashboard) => ({
    DashboardName: dashboard.name,
    DashboardArn: arnOf(dashboard),
    LastModified: epochSeconds(dashboard.createdAt),
    Size: Buffer.byteLength(JSON.stringify(dashboard.properties)),
  }));
  return { DashboardEntries: entries, ...next };
};

/** Dashboards are those of an account, whatever the region ("Using Amazon CloudWatch dashboards"). */
const dashboardsOf = ({ observability }: CloudWatchApi, account: string): readonly Watcher[] =>
  observability.dashboards.filter((dashboard) => dashboard.account === account);

const arnOf = ({ account, region, name }: Pick<Watcher, 'account' | 'region' | 'name'>): string =>
  `arn:${partitionOf(region)}:cloudwatch::${account}:dashboard/${name}`;
