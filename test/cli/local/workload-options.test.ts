import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { sandboxCommand } from '../../../cli/commands/sandbox.ts';
import { startCommand } from '../../../cli/commands/start.ts';
import { type KnownWorkload, withRunOptions, withWorkloadOptions } from '../../../cli/local/workload-options.ts';
import { processIo } from '../../../cli/process-io.ts';
import { clone, contracts } from '../../workloads.ts';

const workloadWith = (flags: string): KnownWorkload => {
  const contract = contracts.get('echo');
  if (!contract) throw new Error('the workload "echo" is missing');
  return {
    name: 'echo',
    contract,
    local: { options: [{ flags, description: 'an option of its own' }] },
    file: 'services/echo/local.ts',
  };
};

const start = await startCommand(processIo(), clone);
const sandbox = await sandboxCommand(processIo(), clone);

describe('an option of a workload', () => {
  test.each([...start.options, ...sandbox.options].map(({ long }) => long ?? ''))(
    'cannot be called %s, for start and for sandbox alike',
    (flags) => {
      for (const command of [start, sandbox]) {
        expect(() => withRunOptions(command, workloadWith(flags))).toThrow(
          `services/echo/local.ts: the command line has an option "${flags.slice(2)}" already: give ${flags} another name`,
        );
      }
    },
  );

  test('may have any other name', () => {
    const { options } = withRunOptions(new Command('start'), workloadWith('--text <text>'));
    expect(options.map(({ long }) => long)).toEqual(['--text']);
  });

  test('of a simulation may be called as one of start is', () => {
    const workload = workloadWith('--port <n>');
    const { options } = withWorkloadOptions(new Command('simulate'), workload, workload.local.options ?? []);
    expect(options.map(({ long }) => long)).toEqual(['--port']);
  });
});
