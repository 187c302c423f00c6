import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { role, stateMachine, states } from '../src/testing/literals.ts';

/** Writes a cloud assembly of one stack with a state machine that greets; returns its directory. */
export function writeGreeterAssembly(): string {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-assembly-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const greet = { Type: 'Pass', Output: "{% 'hello ' & $states.input.name %}", End: true };
  const Resources = { MachineRole: role('greeter', states), Machine: stateMachine('greeter', { Greet: greet }) };
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://111111111111/eu-west-1',
    properties: { templateFile: 'greeter.template.json' },
  };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts: { Greeter: stack } }));
  writeFileSync(join(directory, 'greeter.template.json'), JSON.stringify({ Resources }));
  return directory;
}
