import { type Json, objectOf, textOf } from '@crosswind/aws/json';
import {
  type Local,
  type LocalOption,
  type LocalRun,
  type OptionValues,
  WrongOption,
  defineLocal,
} from '../../blocks/local.ts';
import { type AmountName, type DrillInput, amounts, drillNames, isDrill } from './drill-input.ts';
import { gameDays } from './game-days/game-days.ts';

const drillOption: LocalOption = {
  flags: '--drill <drill>',
  description: `the drill: ${drillNames.join(', ')}`,
  parse(text) {
    if (isDrill(text)) return text;
    throw new WrongOption(`It must be one of ${drillNames.join(', ')}.`);
  },
  default: 'healthy-parent',
};

const amountOption = (name: AmountName, flag: string): LocalOption => {
  const { what, most, usual } = amounts[name];
  return {
    flags: `--${flag} <n>`,
    description: what,
    parse(text) {
      const value = Number(text);
      if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
      throw new WrongOption(`It must be a whole number from 1 to ${most.toLocaleString('en-US')}.`);
    },
    default: usual,
  };
};

const options: readonly LocalOption[] = [
  drillOption,
  amountOption('seconds', 'seconds'),
  amountOption('mapRuns', 'map-runs'),
  amountOption('countdown', 'countdown'),
  amountOption('workers', 'workers'),
];

/** The entry's input. The options have been parsed, and all have defaults. */
const prepare = ({ drill, seconds, mapRuns, countdown, workers }: OptionValues): Pick<LocalRun, 'input'> => ({
  input: { drill, seconds, mapRuns, countdown, workers } as Required<DrillInput>,
});

/** A drill on a laptop, as a run or as a simulation. No state invokes a function, so a simulation needs no model. */
export const local: Local = defineLocal({
  options,
  prepare,
  sample: {
    input: { drill: 'healthy-parent', seconds: 1 },
    problems(output) {
      const played = textOf(objectOf(objectOf(output as Json)['result'])['drill']);
      return played === 'healthy-parent' ? [] : [`result.drill must be "healthy-parent", got "${played}"`];
    },
  },
  gameDays,
  faults: [
    {
      id: 'map-run-start',
      title: 'the child may not start the children of its Map Runs',
      stage: 'child',
      role: 'Child/Workflow/Resource/Role',
      action: 'states:StartExecution',
    },
    {
      id: 'nested-describe',
      title: 'the workflow that starts the child in the same account may not describe it',
      stage: 'child',
      role: 'Nested/Workflow/Resource/Role',
      action: 'states:DescribeExecution',
    },
    {
      id: 'blind-stop',
      title: 'the role that may not describe the child may not stop it either',
      stage: 'child',
      role: 'Blind',
      action: 'states:StopExecution',
    },
  ],
  simulation: { options, prepare: (values) => ({ ...prepare(values), models: {} }) },
});
