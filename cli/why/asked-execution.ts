import { WrongInput } from '../failure.ts';

/** An execution, or a state machine whose last run is meant, with its parts. */
export interface AskedArn {
  readonly arn: string;
  readonly kind: 'execution' | 'stateMachine';
  readonly region: string;
  readonly account: string;
  /** Name of the state machine, without the label of a Map Run. */
  readonly machine: string;
  /** Label of the Map Run whose child it is; undefined for any other. */
  readonly label: string | undefined;
  readonly stateMachineArn: string;
}

/**
 * Reads what `why` is asked about.
 * @returns 'last', or the parts of an ARN
 * @throws WrongInput for anything else
 */
export function askedArn(text: string): AskedArn | 'last' {
  if (text === 'last') return 'last';
  const [, partition, region = '', account = '', kind, machine = '', label, name] =
    /^arn:([\w-]+):states:([\w-]+):(\d{12}):(execution|express|stateMachine):([^:/\s]+)(?:\/([^:\s]+))?(?::(\S+))?$/.exec(
      text,
    ) ?? [];
  if (kind === undefined || (kind === 'stateMachine') === (name !== undefined)) {
    throw new WrongInput(
      `expected last, or the ARN of an execution or of a state machine (arn:aws:states:REGION:ACCOUNT:execution:MACHINE:NAME), got "${text}"`,
    );
  }
  return {
    arn: text,
    kind: kind === 'stateMachine' ? 'stateMachine' : 'execution',
    region,
    account,
    machine,
    label,
    stateMachineArn: `arn:${partition ?? 'aws'}:states:${region}:${account}:stateMachine:${machine}`,
  };
}
