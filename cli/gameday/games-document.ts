import type { Minutes, RaisedAlarm } from '../../blocks/game-day.ts';
import { sentenceOf } from './actions/act.ts';
import { namedAlarm } from './alarm-names.ts';
import type { GamePlatform, PlacedGame } from './game-platform.ts';

/** The document about all game days of a platform, in Markdown as Prettier writes it, to be kept in `docs/`. */
export const gamesDocument = (platform: GamePlatform): string =>
  [
    '# Game days',
    '',
    '<!-- Generated: `npx crosswind gameday --markdown > docs/gamedays.md`. -->',
    '',
    `Each game day deploys the platform of \`gamedays.yaml\` into a sandbox, injects one fault on virtual time, and evaluates all ${platform.alarms.length} alarms of all accounts. Exactly the alarms below must fire, each once and in its minutes, and \`npx crosswind why\` must name the fault first. Minute 0 is when everything is deployed and new alarms have warmed up. An alarm on a query fires for each of its lines: for an account, or for a tenant in an account.`,
    '',
    '```sh',
    'npx crosswind gameday --all    # all of them, on all cores',
    'npx crosswind gameday --list   # their names',
    '```',
    ...platform.games.flatMap((placed) => sectionOf(platform, placed)),
    '',
  ].join('\n');

function sectionOf(platform: GamePlatform, placed: PlacedGame): readonly string[] {
  const { game, tenant } = placed;
  const steps = game.steps.map(({ minute, does }) => `- Minute ${minute}: ${sentenceOf({ tenant }, does)}.`);
  const kinds = new Map<string, RaisedAlarm[]>();
  for (const raised of game.raises) {
    const kind = JSON.stringify(raised);
    kinds.set(kind, [...(kinds.get(kind) ?? []), raised]);
  }
  const alarms = [...kinds.values()].flatMap(([raised, ...others]) =>
    raised ? [alarmLine(platform, placed, raised, 1 + others.length)] : [],
  );
  return [
    ...['', `## ${game.name}`, ''],
    `${capitalized(game.title)} (${tenant.workload.name}).`,
    ...['', ...steps, ''],
    ...(alarms.length > 0 ? ['These alarms fire:', '', ...alarms] : ['All alarms stay quiet.']),
    ...['', `\`crosswind why\` claims \`${game.because}\`. Fix: ${game.fix}.`, ''],
    ...['```sh', `npx crosswind gameday ${game.name}`, '```'],
  ];
}

/** @param count lines of the alarm that fire alike */
function alarmLine(
  platform: GamePlatform,
  placed: PlacedGame,
  { alarm, fires, clears }: RaisedAlarm,
  count: number,
): string {
  const { name } = namedAlarm(platform, placed, alarm);
  const where = 'of' in alarm && alarm.of !== undefined ? ` in the account of the ${alarm.of}` : '';
  const lines = count === 1 ? '' : `, ${count} lines`;
  const since = placed.game.fixedAt === undefined ? 'fault' : 'fix';
  const description = platform.alarms.find((each) => each.name === name)?.description ?? '';
  const [severity = '', runbook = ''] = [/^\[(\w+)\]/.exec(description)?.[1], /Runbook: (\S+)$/.exec(description)?.[1]];
  const times = `fires ${windowText(fires)} after the fault, quiet ${windowText(clears)} after the ${since}`;
  return `- \`${name}\`${where} (${severity}${lines}): ${times}. ${runbookLink(runbook)}`;
}

const windowText = ([earliest, latest]: Minutes): string =>
  earliest === latest ? `${earliest} min` : `${earliest} to ${latest} min`;

/** Link to a runbook from `docs/`, of its address in the repository. */
function runbookLink(address: string): string {
  const path = address.replace(/^.*\/blob\/[^/]+\//, '');
  const name = path.replace(/^.*\/|\.md$/g, '');
  return `Runbook: [${name}](${path.startsWith('docs/') ? path.slice('docs/'.length) : `../${path}`}).`;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
