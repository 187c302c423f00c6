/** JSON of a body, as it was deployed. */
export type BodyJson = string | number | boolean | null | readonly BodyJson[] | { readonly [key: string]: BodyJson };

export type BodyFields = Readonly<Record<string, BodyJson>>;

/** A dashboard of CloudWatch. */
export interface DashboardModel {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since the epoch, when it was seen first. */
  readonly createdAt: number;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
  readonly body: BodyFields;
}

/** The dashboards that were there, each with the body that it has now. */
export const dashboardsAt = (dashboards: readonly DashboardModel[], at: number): readonly DashboardModel[] =>
  dashboards.filter(({ createdAt }) => createdAt <= at);

/** Item of a dashboard in an address: its account and name, since names are those of an account. */
export const dashboardItem = ({ account, name }: Pick<DashboardModel, 'account' | 'name'>): string =>
  `${account}/${name}`;

/** The dashboard of an address: by account and name, or by its name alone. */
export const dashboardOfItem = (dashboards: readonly DashboardModel[], item: string): DashboardModel | undefined =>
  dashboards.find((dashboard) => dashboardItem(dashboard) === item) ?? dashboards.find(({ name }) => name === item);
