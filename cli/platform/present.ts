import { stateMeanings } from '../../onboarding/account-states.ts';
import type { Consequences } from '../../onboarding/consequences.ts';
import { columns } from '../columns.ts';
import { count } from '../count.ts';
import type { Terminal } from '../terminal.ts';
import type { DeployedStack } from './deployed-in.ts';
import {
  type ListedAccount,
  type Plan,
  type PlanWave,
  type PlannedAccount,
  type PlannedPlacement,
  removedMeaning,
} from './plan.ts';

type Colors = Terminal['colors'];

/** The plan: who deploys and watches, then wave after wave, then the accounts that get nothing. */
export function planLines(plan: Plan, colors: Colors): readonly string[] {
  const { pipeline, monitoring, waves } = plan;
  const idle = plan.accounts.filter(({ state, uses }) => state !== 'active' || uses.length === 0);
  return [
    ...columns(
      [
        [colors.bold('organization'), `${plan.organization.id}, management ${plan.organization.managementAccount}`],
        [
          colors.bold('pipeline'),
          `${account(pipeline)}, from ${pipeline.repository} ${pipeline.branch}${connectionNote(pipeline)}`,
        ],
        [colors.bold('monitoring'), `${account(monitoring)}, pages ${monitoring.page.join(', ')}`],
      ],
      ['left', 'left'],
    ),
    ...waves.flatMap((wave, index) => ['', ...waveLines(wave, index, colors)]),
    ...(idle.length > 0 ? ['', colors.bold('Accounts that are not active, or that nothing uses')] : []),
    ...accountTable(idle),
  ];
}

/** A connection of another account works when that account shares it (Developer Tools console User Guide). */
const connectionNote = ({ connectionOwner }: Plan['pipeline']): string =>
  connectionOwner === undefined ? '' : `, over a connection that ${connectionOwner} must share with it through AWS RAM`;

function waveLines(wave: PlanWave, index: number, colors: Colors): readonly string[] {
  const notes = [...(wave.approval ? ['after an approval'] : []), ...(wave.frozen ? ['frozen'] : [])].join(', ');
  return [
    `${colors.bold(`Wave ${index + 1}: ${wave.name}`)}${notes === '' ? '' : `, ${notes}`}`,
    ...wave.deployments.flatMap((deployment) => [
      ...placementLines(deployment),
      ...deployment.freezes.map((reason) => `    ${colors.yellow('stays as it is')}: ${reason}`),
    ]),
    ...wave.withheld.flatMap((placement) => [
      ...placementLines(placement),
      ...placement.reasons.map((reason) => `    ${colors.yellow('not deployed')}: ${reason}`),
    ]),
  ];
}

const placementLines = (placement: PlannedPlacement): readonly string[] => {
  const { tenant, owner, state, region, stages, settings, concurrency, schedule } = placement;
  return [
    `  ${tenant} of ${owner} in ${region}: ${stages.map((placed) => `${placed.stage} ${account(placed)}`).join(', ')}`,
    `    ${Object.entries(settings)
      .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
      .join(', ')}`,
    ...concurrency.map(concurrencyLine),
    ...(schedule ? [`    starts by itself: ${schedule.expression} in ${schedule.timezone}`] : []),
    ...(state === 'removed' ? [`    leaves: ${removedMeaning}`] : []),
  ];
};

/** For example `8 at a time in child: wind-child has a Lambda concurrency of 10, and maxConcurrency is 1,000`. */
function concurrencyLine(bounded: PlannedPlacement['concurrency'][number]): string {
  const { stage, account: name, setting, stated, lambdaConcurrency, sharedBy, effective } = bounded;
  const shared = sharedBy > 1 ? ` for ${sharedBy} tenants` : '';
  return `    ${count(effective)} at a time in ${stage}: ${name} has a Lambda concurrency of ${count(lambdaConcurrency)}${shared}, and ${setting} is ${count(stated)}`;
}

const account = ({ name, id }: PlannedAccount): string => `${name} ${id}`;

export const accountTable = (accounts: readonly ListedAccount[]): readonly string[] =>
  columns(
    accounts.map(({ name, id, state, frozen, organizationalUnit, region, uses }) => [
      `  ${name}`,
      id,
      frozen ? `${state}, frozen` : state,
      organizationalUnit,
      region,
      uses.join('; ') || 'not used',
    ]),
    ['left', 'left', 'left', 'left', 'left', 'left'],
  );

/** Lists the consequences of a change of the file. A heading without any is followed by `nothing`. */
export function consequenceLines({ deployed, trusted, removed }: Consequences, colors: Colors): readonly string[] {
  const part = (title: string, lines: readonly string[]): readonly string[] => [
    colors.bold(title),
    ...(lines.length > 0 ? lines : ['nothing']).map((line) => `  ${line}`),
  ];
  const kept = 'CloudFormation keeps the stacks until somebody deletes them: docs/onboarding.md, "How to undo it"';
  return [
    ...part('Deployed', deployed),
    ...part('Trusted', trusted),
    ...part('Removed', removed),
    ...(removed.length > 0 ? [`  ${kept}`] : []),
  ];
}

/** One account, and what an assembly deploys to it if one was given. */
export function accountLines(
  account: ListedAccount,
  deployed: readonly DeployedStack[] | undefined,
): readonly string[] {
  const { name, awsName, id, email, organizationalUnit, state, frozen, region, quotas, uses } = account;
  return [
    ...columns(
      [
        ['name', name],
        ...(awsName === undefined ? [] : [['in AWS', awsName]]),
        ['id', id],
        ['e-mail', email],
        ['unit', organizationalUnit],
        ['state', `${state}${frozen ? ', frozen' : ''}: ${stateMeanings[state]}`],
        ['region', region],
        ['quotas', `Lambda concurrency ${count(quotas.lambdaConcurrency)}`],
        ['used as', uses.join('; ') || 'nothing yet'],
      ],
      ['left', 'left'],
    ),
    ...(deployed ?? []).flatMap(({ stack, region: where, roles }) => [
      '',
      `stack ${stack} in ${where}`,
      ...roles.map((role) => `  role ${role}`),
    ]),
    ...(deployed?.length === 0 ? ['', 'the assembly deploys nothing to it'] : []),
  ];
}
