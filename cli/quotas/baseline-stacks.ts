import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { AccountKind } from '../../config/account-kinds.ts';
import type { Platform } from '../../config/schema.ts';
import { accountsInOrder } from '../../onboarding/baseline/baseline.ts';
import { baselineFile } from '../../onboarding/baseline/baseline-files.ts';
import { toolkitStackName } from '../../onboarding/baseline/baseline-template.ts';
import { baselineText } from '../platform/baseline-in.ts';

/**
 * Stacks of the baseline in every account and region of the platform, from the templates of an assembly. They are no
 * artifacts of it, because an administrator deploys them. An assembly of another app has none.
 */
export function baselineStacks(platform: Platform, assembly: string): readonly AssembledStack[] {
  const templates = new Map<AccountKind, AssembledStack['template']>();
  const templateOf = (kind: AccountKind): AssembledStack['template'] => {
    const template =
      templates.get(kind) ?? linked(JSON.parse(baselineText(assembly, kind)) as AssembledStack['template']);
    templates.set(kind, template);
    return template;
  };
  return accountsInOrder(platform)
    .filter(({ kind }) => existsSync(join(assembly, baselineFile(kind))))
    .flatMap(({ account, id, kind, regions }) =>
      regions.map((region): AssembledStack => {
        const path = `${toolkitStackName}/${account}/${region}`;
        return {
          ...{ path, id: path, name: toolkitStackName, account: id, region, template: templateOf(kind) },
          ...{ templateFile: baselineFile(kind), assets: new Map(), dependencies: [], isAgnostic: false },
        };
      }),
    );
}

/** The template with a sink as the default of its parameter, which the script gives: without one it has no link. */
function linked(template: AssembledStack['template']): AssembledStack['template'] {
  const { SinkArn, ...others } = template.Parameters ?? {};
  if (!SinkArn) return template;
  return {
    ...template,
    Parameters: { ...others, SinkArn: { ...SinkArn, Default: 'arn:aws:oam:us-east-1:111111111111:sink/id' } },
  };
}
