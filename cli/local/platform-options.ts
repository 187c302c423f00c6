import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Fault, faults } from './faults.ts';
import { WrongInput } from '../failure.ts';
import { checkSettings, collect, positiveInteger } from '../options.ts';
import { type WeatherSource, weatherFiles } from './weather-source.ts';

/** What every command says of the platform that it runs in the sandbox. */
export interface PlatformOptions {
  readonly objects?: number;
  readonly data?: string;
  readonly set: readonly string[];
  readonly break?: string;
  readonly crash: boolean;
  readonly poll: number;
  readonly assembly?: string;
  readonly strict: boolean;
  readonly file: string;
}

/** Objects that are generated when nobody says how many. */
const defaultObjects = 3_000;

/** Adds the options that all commands with a sandbox have. */
export const withPlatformOptions = (command: Command, root: string): Command =>
  command
    .option('--objects <n>', `generate n weather objects (default: ${defaultObjects})`, positiveInteger)
    .option('--data <dir>', 'take the *.csv files of a directory and its year folders instead')
    .option('--set <tenant.setting=value>', 'change a setting of the platform for this run (repeatable)', collect, [])
    .addOption(
      new Option('--break <fault>', 'take one permission away and see what happens').choices(
        faults.map(({ id }) => id),
      ),
    )
    .option('--crash', 'kill every function during its first attempt at each event', false)
    .option('--poll <seconds>', 'how often a parent polls its child (AWS documents no number)', positiveInteger, 5)
    .option('--assembly <dir>', 'run this cloud assembly instead of synthesizing one')
    .option('--strict', 'refuse what AWS can deploy and the sandbox cannot simulate', false)
    .option('--file <file>', 'the platform', resolve(root, 'platform.yaml'))
    .addHelpText(
      'after',
      `\nFaults for --break:\n${faults.map(({ id, title }) => `  ${id.padEnd(20)} ${title}`).join('\n')}`,
    );

/** Refuses options that contradict each other. */
export function checkPlatformOptions({ objects, data, assembly, set }: PlatformOptions): void {
  if (objects !== undefined && data !== undefined) {
    throw new WrongInput('--objects generates weather and --data reads it from files: give one of them');
  }
  checkSettings({ assembly, set });
}

export const faultOf = (options: PlatformOptions): Fault | undefined => faults.find(({ id }) => id === options.break);

export const weatherOf = ({ data, objects = defaultObjects }: PlatformOptions): WeatherSource =>
  data === undefined ? { kind: 'generated', objects } : { kind: 'files', files: weatherFiles(resolve(data)) };
