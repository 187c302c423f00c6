import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { GameDay } from '../../blocks/game-day.ts';
import { listed, nearest } from '../../config/nearest.ts';
import { countOf } from '../count.ts';
import { Findings, WrongInput } from '../failure.ts';
import { namedAlarm } from '../gameday/alarm-names.ts';
import { gamesDocument } from '../gameday/games-document.ts';
import { gamesOf, readGamePlatform } from '../gameday/game-platform.ts';
import { gameReport } from '../gameday/game-report.ts';
import { playGames } from '../gameday/play-games.ts';
import { listLines, summaryLines, verdictLines } from '../gameday/present.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { failIfUndeclared } from '../local/fail-if-undeclared.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { loadValidPlatform } from '../read-platform.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface GamedayOptions {
  readonly all: boolean;
  readonly list: boolean;
  readonly markdown: boolean;
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
}

/** `crosswind gameday`: injects faults into the sandbox, and judges which alarms fire. */
export function gamedayCommand(io: Io, clone: Clone): Command {
  return new Command('gameday')
    .description('play faults in the sandbox on virtual time, and judge which of all alarms fire and when')
    .argument('[names...]', 'game days to play')
    .option('--all', 'play all game days', false)
    .option('--list', 'print their names and what is wrong in each, and play none', false)
    .option('--markdown', 'print docs/gamedays.md, which describes them all, and play none', false)
    .option('--assembly <dir>', 'play on this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform that game days are played on', resolve(clone.root, 'gamedays.yaml'))
    .option('--json', 'print what fired as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        'Each game day deploys the platform into a sandbox of its own, injects one fault, and evaluates the alarms of all',
        'accounts and regions, minute by minute. The set of alarms that fire must be the expected one, each once and in time.',
        'Workloads bring their game days along in local.ts; docs/gamedays.md describes them.',
        '',
        'Functions must declare each call that they make; what they declare and no game day makes is listed after --all.',
        '',
        'Exit codes: 0 every game day passed, 1 wrong input or a game day failed, 2 the synthesis or a sandbox failed, or a',
        'function made a call that it does not declare.',
      ].join('\n'),
    )
    .action((names: readonly string[], options: GamedayOptions) => gameday(io, clone, names, options));
}

async function gameday(io: Io, clone: Clone, names: readonly string[], options: GamedayOptions): Promise<void> {
  const terminal = terminalOf(io, options);
  const loaded = await loadValidPlatform(clone, resolve(options.file));
  const known = await gamesOf(clone, loaded);
  if (options.list) {
    if (options.json) terminal.data(jsonText({ games: known.map(({ name, title }) => ({ name, title })) }));
    else for (const line of listLines(known)) terminal.out(line);
    return;
  }
  const wanted = options.markdown ? [] : wantedNames(known, names, options.all);
  const cleanUp = onInterrupt(io);
  try {
    const assembly = await assemblyFor({ clone, options: { ...options, set: [] }, terminal, cleanUp });
    const platform = await readGamePlatform(clone, loaded, assembly);
    if (options.markdown) {
      terminal.data(gamesDocument(platform));
      return;
    }
    const declared = new Map(
      platform.games.map((placed) => [
        placed.game.name,
        placed.game.raises.map(({ alarm }) => namedAlarm(platform, placed, alarm).name),
      ]),
    );
    const games = await playGames({
      platform,
      asked: { clone, file: resolve(options.file), assembly },
      wanted,
      cleanUp,
      onPlayed: (verdict) => {
        if (!options.json) for (const line of verdictLines(verdict, terminal.colors)) terminal.out(line);
      },
      onProgress: (text) => {
        terminal.progress(text);
      },
    });
    const report = gameReport(platform, declared, games);
    if (options.json) terminal.data(jsonText(report));
    else for (const line of summaryLines(report, options.all, terminal.colors)) terminal.out(line);
    judge(report, options.all);
  } finally {
    await cleanUp.now();
  }
}

function wantedNames(games: readonly GameDay[], names: readonly string[], all: boolean): readonly string[] {
  const known = games.map(({ name }) => name);
  if (all && names.length > 0) throw new WrongInput(`--all plays every game day: leave ${names.join(' ')} out`);
  if (all) return known;
  if (names.length === 0) throw new WrongInput(`name a game day, or give --all (${knownNames(known)})`);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return [...new Set(names)];
  const near = nearest(unknown, known);
  const meant = near === undefined ? '' : `, did you mean "${near}"?`;
  throw new WrongInput(`there is no game day "${unknown}"${meant} (${knownNames(known)})`);
}

const knownNames = (known: readonly string[]): string => `known: ${listed(known)}; --list prints them all`;

/**
 * @throws Findings if a game day failed, or if all were played and leave an alarm unproven
 * @throws RunFailed if a function made a call that it does not declare
 */
function judge({ games, unproven, calls }: ReturnType<typeof gameReport>, all: boolean): void {
  const failed = games.filter(({ passed }) => !passed).map(({ name }) => name);
  if (failed.length > 0) throw new Findings(`${countOf(failed.length, 'game day')} failed: ${failed.join(', ')}`);
  if (all && unproven.length > 0) throw new Findings(`no game day raises ${unproven.join(', ')}`);
  failIfUndeclared(calls);
}
