import type { JsonObject } from '@crosswind/aws/json';

export interface Sink {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** In the form of a template. */
  readonly properties: JsonObject;
}

/** An account that shows its telemetry to the account of a sink. */
export interface Link {
  readonly arn: string;
  readonly account: string;
  readonly sinkArn: string;
  readonly resourceTypes: readonly string[];
  /** In the form of a template. */
  readonly properties: JsonObject;
}

/** An alarm or dashboard, its metrics resolved. */
export interface Watcher {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly createdAt: number;
  readonly properties: JsonObject;
}

/** CloudWatch across accounts: sinks, links, and the alarms and dashboards that rely on them. */
export class Observability {
  sinks: readonly Sink[] = [];
  links: readonly Link[] = [];
  alarms: readonly Watcher[] = [];
  dashboards: readonly Watcher[] = [];

  sinksOf(account: string): readonly Sink[] {
    return this.sinks.filter((sink) => sink.account === account);
  }

  sink(arn: string): Sink | undefined {
    return this.sinks.find((sink) => sink.arn === arn);
  }

  /** Links to a sink. AWS deletes it only without any (API_DeleteSink). */
  linksTo(sinkArn: string): readonly Link[] {
    return this.links.filter((link) => link.sinkArn === sinkArn);
  }

  removeSink(arn: string): void {
    this.sinks = this.sinks.filter((sink) => sink.arn !== arn);
  }

  removeLink(arn: string): void {
    this.links = this.links.filter((link) => link.arn !== arn);
  }

  /** True if `account` is `monitoringAccount` or links to one of its sinks, in any region. */
  sees(monitoringAccount: string, account: string): boolean {
    if (account === monitoringAccount) return true;
    return this.links.some(
      (link) => link.account === account && this.sink(link.sinkArn)?.account === monitoringAccount,
    );
  }

  /** True if `monitoringAccount` sees metrics of `account` in a region. Sinks are regional. */
  seesMetrics(monitoringAccount: string, account: string, region: string): boolean {
    return account === monitoringAccount || this.linkedAccounts(monitoringAccount, region).includes(account);
  }

  /** Accounts whose metrics `monitoringAccount` sees in a region, besides its own. */
  linkedAccounts(monitoringAccount: string, region: string): readonly string[] {
    return this.links.flatMap(({ account, sinkArn, resourceTypes }) => {
      const sink = this.sink(sinkArn);
      const shown = sink?.account === monitoringAccount && sink.region === region;
      return shown && resourceTypes.includes('AWS::CloudWatch::Metric') ? [account] : [];
    });
  }
}
