import { duration } from '../../duration.ts';
import { ownNamespace } from '../../../blocks/observability/own-metrics.ts';
import type { probeMetrics } from '../../../blocks/observability/probe/probe-metrics.ts';
import { probeName } from '../../../blocks/observability/probe/probe-names.ts';
import type { Fix } from '../explanation.ts';
import { type FindReasons, metricItem } from '../finding.ts';

/** Two rounds of the probe and a little more. */
const silence = 11 * 60_000;

/** The probe of an account makes no rounds, or all of them fail, so nobody hears of what waits there. */
export const probeIsDead: FindReasons = ({ probes, at }) =>
  probes.flatMap(({ account, region, since, lastRound, failedAt }) => {
    if (since === null || at - Math.max(since, lastRound ?? 0) <= silence) return [];
    const isFailing = failedAt !== null && at - failedAt <= silence;
    const last =
      lastRound === null
        ? 'has made no round'
        : `made its last ${isFailing ? 'good ' : ''}round ${duration(at - lastRound)} ago`;
    const why = isFailing ? ', each one since has failed' : '';
    return [
      {
        id: 'probe-dead' as const,
        sentence: `the probe of account ${account} in ${region} ${last}${why}: an execution that hangs there is not noticed`,
        execution: null,
        since: lastRound ?? since,
        until: at,
        certain: true,
        evidence: [],
        fixes: isFailing ? failingFixes(account, region) : silentFixes(account, region),
        runbook: 'account-silent',
      },
    ];
  });

const silentFixes = (account: string, region: string): readonly Fix[] => [
  {
    kind: 'command',
    command: `aws scheduler get-schedule --name ${probeName} --region ${region} --query '[State,Target]'`,
  },
  {
    kind: 'setting',
    resource: `account ${account}`,
    sentence: `enable the schedule ${probeName}, and let its role invoke the function`,
  },
];

const failingFixes = (account: string, region: string): readonly Fix[] => [
  {
    kind: 'command',
    command: `aws logs tail "$(aws lambda get-function-configuration --function-name ${probeName} --region ${region} --query LoggingConfig.LogGroup --output text)" --region ${region} --since 30m`,
  },
  {
    kind: 'setting',
    resource: `account ${account}`,
    sentence: `correct what the log of the function ${probeName} names, or deploy its stack again`,
  },
];

/** An account shows its metrics to nobody. */
export const linkIsCut: FindReasons = ({ probes, at }) =>
  probes.flatMap(({ account, region, isLinked }) =>
    isLinked === false
      ? [
          {
            id: 'link-cut' as const,
            sentence: `account ${account} shows its metrics in ${region} to no monitoring account: no alarm there sees it`,
            execution: null,
            since: null,
            until: at,
            certain: true,
            evidence: [],
            fixes: [
              { kind: 'command' as const, command: `npx crosswind preflight --account ${account}` },
              {
                kind: 'setting' as const,
                resource: `account ${account}`,
                sentence: 'run the command that preflight prints for it: it makes the link again (AWS::Oam::Link)',
              },
            ],
            runbook: 'account-silent',
          },
        ]
      : [],
  );

/** Metric of the probe for rounds in which it could not see everything. */
const incompleteRounds = 'ProbeIncomplete' satisfies keyof typeof probeMetrics;

/** The probe makes rounds, and cannot see everything. */
export const probeIsIncomplete: FindReasons = ({ metrics }) =>
  metrics
    .filter(({ namespace, name, value }) => namespace === ownNamespace && name === incompleteRounds && value > 0)
    .map((metric) => ({
      id: 'probe-incomplete' as const,
      sentence: `the probe of account ${metric.account} could not see everything in ${metric.value} rounds: its log says what and why`,
      execution: null,
      since: metric.first,
      until: metric.last,
      certain: true,
      evidence: [metricItem(metric)],
      fixes: [
        {
          kind: 'setting' as const,
          resource: `account ${metric.account}`,
          sentence: `look for "incomplete" in the log of ${probeName}, and allow what it names`,
        },
      ],
      runbook: 'probe-incomplete',
    }));
