import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { jobsOf } from '../../config/account-kinds.ts';
import type { Platform } from '../../config/schema.ts';
import { accountsInOrder } from '../../onboarding/baseline/baseline.ts';
import { bootstrapVariant, toolkitStackName } from '../../onboarding/baseline/baseline-template.ts';
import { baselineText } from '../platform/baseline-in.ts';
import { administrator } from './administrator.ts';
import { refusedAs } from './refused-as.ts';

export interface DeployBaselineProps {
  readonly sandbox: Sandbox;
  readonly platform: Platform;
  /** Directory of the cloud assembly, which has the templates. */
  readonly assembly: string;
  /**
   * Ends the deployment before the next account.
   *
   * @default - it goes to its end
   */
  readonly signal?: AbortSignal;
}

/**
 * Makes every account of the platform ready for the pipeline, as its administrator does with the printed commands:
 * monitoring first, since the others link to its sink. The connection to the repository is there, too.
 * @throws RunFailed where that is refused
 */
export async function deployBaseline({ sandbox, platform, assembly, signal }: DeployBaselineProps): Promise<void> {
  const { deployTemplate } = await import('@crosswind/sandbox/sandbox');
  const sinks = new Map<string, string>();
  for (const { id, kind, regions } of accountsInOrder(platform)) {
    const template = baselineText(assembly, kind);
    const isMonitoring = jobsOf(kind).includes('monitoring');
    for (const region of regions) {
      signal?.throwIfAborted();
      const caller = { principal: administrator(sandbox, id, region), region };
      const parameters = {
        BootstrapVariant: bootstrapVariant,
        ...(!isMonitoring && { SinkArn: sinks.get(region) ?? '' }),
      };
      const stack = await refusedAs(sandbox, `the baseline of account ${id} in ${region}`, () =>
        deployTemplate(sandbox.stackCalls, caller, {
          stackName: toolkitStackName,
          template,
          parameters,
          terminationProtection: true,
        }),
      );
      if (isMonitoring) sinks.set(region, outputOf(stack['Outputs'], 'SinkArn'));
    }
  }
  const { connection: arn } = platform.pipeline;
  sandbox.connections.set({ arn, name: 'crosswind', provider: 'GitHub', status: 'AVAILABLE' });
}

const outputOf = (outputs: Json | undefined, name: string): string => {
  const output = listOf(outputs)
    .map(objectOf)
    .find(({ OutputKey: key }) => key === name);
  return textOf(output?.['OutputValue'] ?? '');
};
