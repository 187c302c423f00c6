import { newExecution, step } from '@crosswind/workflow/execution/execution';
import { parseDefinition } from '@crosswind/workflow/definition/parse-definition';

const arn = 'arn:aws:states:us-east-1:111111111111';

/** A machine of Pass states that lead from one to the next. */
function chain(language, states) {
  const name = (index) => `State ${index}`;
  const entries = Array.from({ length: states }, (_, index) => [
    name(index),
    { Type: 'Pass', ...(index < states - 1 ? { Next: name(index + 1) } : { End: true }) },
  ]);
  const parsed = parseDefinition({ QueryLanguage: language, StartAt: name(0), States: Object.fromEntries(entries) });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  return parsed.machine;
}

/** Runs executions one after the other; answers how many states they entered in a second. */
process.on('message', async ({ language, states, executions }) => {
  const machine = chain(language, states);
  const started = performance.now();
  for (let run = 0; run < executions; run += 1) {
    const identity = {
      executionArn: `${arn}:execution:chain:${run}`,
      name: String(run),
      roleArn: 'arn:aws:iam::111111111111:role/bench',
      stateMachineArn: `${arn}:stateMachine:chain`,
      stateMachineName: 'chain',
      startedAt: 0,
    };
    const [state] = await step(newExecution(machine, identity, 'STANDARD', { a: 1 }), { kind: 'started', at: 0 });
    if (state.outcome?.status !== 'SUCCEEDED') throw new Error(`ended ${JSON.stringify(state.outcome)}`);
  }
  process.send((states * executions) / ((performance.now() - started) / 1_000));
});
