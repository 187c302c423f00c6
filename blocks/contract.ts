import { z } from 'zod';

/** A stage of a workload: one stack in an account of its own, with one workflow in it. */
export interface StageContract<Stage extends string = string, Setting extends string = string> {
  /** Key of its account in `platform.yaml`, and the end of its deployed names: 1 to 12 lower-case letters. */
  readonly name: Stage;
  /** Purpose of its account, for the person who fills in `platform.yaml`. */
  readonly description: string;
  /**
   * Stages whose workflows this one starts. The list has them before this stage, so that they are deployed first.
   *
   * @default - none
   */
  readonly starts?: readonly Stage[];
  /**
   * Setting that bounds how many functions run at a time in this stage, a whole number from 1, for example
   * `maxConcurrency`. The platform lowers it to the stage's share of the Lambda concurrency of its account.
   *
   * @default - none: the stage takes what is left
   */
  readonly concurrencySetting?: Setting;
  /**
   * Minutes that its workflow may still work after everything that it started has ended. Somebody is woken when it runs
   * longer than that: it looks like one that never hears of the end.
   *
   * @default 10
   */
  readonly runsOnMinutes?: number;
  /**
   * Further workflows of its account that start its own one and wait for it, by the names that the stage gives them: the
   * probe watches them, too. The started execution is called as the one that starts it.
   *
   * @default - none
   */
  readonly startedWithin?: readonly string[];
}

/** Facts about a workload that the platform needs without building it. */
export interface Contract<Settings extends z.ZodObject = z.ZodObject, Stage extends string = string> {
  /** Settings of a team for each wave. A setting that a team may leave out has a default. */
  readonly settings: Settings;
  /** In the order in which they are deployed. */
  readonly stages: readonly StageContract<Stage>[];
  /** The stage whose workflow a schedule, a sample and `crosswind run` start. */
  readonly entry: Stage;
}

/** Contracts by the name of the workload, which is that of its folder in `services/`. */
export type Contracts = ReadonlyMap<string, Contract>;

const stageName = /^[a-z]{1,12}$/;

/** Keys of a wave in `platform.yaml`, and ends of names that other resources of a tenant have. */
const takenNames = ['settings', 'schedule', 'probe', 'runner', 'target', 'simulated', 'constructor'];

/**
 * A contract whose stages fit together.
 * @throws Error that names the stage, what came and what was expected
 */
export function defineContract<Settings extends z.ZodObject, const Stage extends string>(contract: {
  readonly settings: Settings;
  readonly stages: readonly StageContract<Stage, NoInfer<Extract<keyof z.output<Settings>, string>>>[];
  readonly entry: NoInfer<Stage>;
}): Contract<Settings, Stage> {
  const names: readonly string[] = contract.stages.map(({ name }) => name);
  contract.stages.forEach(({ name, starts = [] }, index) => {
    if (!stageName.test(name)) throw new Error(`a stage is called by 1 to 12 lower-case letters, got "${name}"`);
    if (takenNames.includes(name)) throw new Error(`a stage cannot be called "${name}": the platform uses that name`);
    if (names.indexOf(name) !== index) throw new Error(`the stage "${name}" is in the list twice`);
    if (name === contract.entry && contract.stages.some((other) => other.starts?.includes(name))) {
      throw new Error(`the entry "${name}" is started by another stage, and must be started first`);
    }
    for (const started of starts) {
      if (names.slice(0, index).includes(started)) continue;
      throw new Error(`stage "${name}" starts "${started}", which must come before it in the list`);
    }
  });
  if (!names.includes(contract.entry)) {
    throw new Error(
      `the entry must be one of ${names.join(', ') || 'the stages, and there is none'}, got "${contract.entry}"`,
    );
  }
  checkSettings(contract.settings);
  for (const stage of contract.stages) checkConcurrencySetting(stage, contract.settings);
  return Object.defineProperty({ ...contract }, brand, { value: true });
}

/** Marks a contract whose stages fit together; the modules of a clone and of the command line agree on it. */
const brand = Symbol.for('crosswind.contract');

/** True for what `defineContract` returned. */
export const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && brand in value;

/** Settings are parsed twice, in `platform.yaml` and at the border to the constructs: what is read must be readable again. */
function checkSettings(settings: z.ZodObject): void {
  if (!(settings.def.catchall instanceof z.ZodNever)) {
    throw new Error('settings must be a z.strictObject, so that a misspelled setting is an error');
  }
  try {
    const [read, parsed] = (['input', 'output'] as const).map((io) => shapeOf(settings, io));
    if (read !== parsed) throw new Error('a value is read as another type than it is parsed to');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`settings must be values that YAML holds, without transforms: ${why}`, { cause: error });
  }
}

/** The platform lowers the setting, to 1 at least: another number or a text would not survive that. */
function checkConcurrencySetting({ name, concurrencySetting }: StageContract, settings: z.ZodObject): void {
  if (concurrencySetting === undefined) return;
  const setting = settings.shape[concurrencySetting] as z.ZodType | undefined;
  if (setting?.safeParse(1).success === true && !setting.safeParse(1.5).success) return;
  throw new Error(
    `concurrencySetting of the stage "${name}" must be a setting that is a whole number from 1, got "${concurrencySetting}"`,
  );
}

/** The JSON schema of settings before or after they are parsed, without defaults, which make no other type. */
const shapeOf = (settings: z.ZodObject, io: 'input' | 'output'): string =>
  JSON.stringify(z.toJSONSchema(settings, { io }), (key, value: unknown) =>
    ['required', 'default', 'additionalProperties'].includes(key) ? undefined : value,
  );

/** The stages as people read them: the entry first, a called stage after its caller. */
export const stagesFromEntry = ({ stages, entry }: Contract): readonly StageContract[] => [
  ...stages.filter(({ name }) => name === entry),
  ...stages.filter(({ name }) => name !== entry).toReversed(),
];
