import { z } from 'zod';
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf, without } from '@crosswind/aws/json';
import type { Resource } from '@crosswind/assembly/resolve';
import type { ResourceChange } from '../diff/resource-change.ts';
import { followsIn } from '../follows.ts';
import type { Movement } from '../movement.ts';

export const actionChange = z
  .strictObject({
    change: z.enum(['added', 'removed', 'changed']),
    stage: z.string(),
    action: z.string(),
    category: z.string().describe('For example `Approval`, `Build` or `Deploy`.'),
  })
  .describe('An action of the pipeline.');

export type ActionChange = z.infer<typeof actionChange>;

/** True for a change of the stages of a pipeline. */
export const isOfStages = ({ type, values }: ResourceChange): boolean =>
  type === 'AWS::CodePipeline::Pipeline' && values.some(({ path }) => isStages(path));

/** True for a path in the stages of a pipeline. */
export const isStages = (path: string): boolean => /^Stages\b/.test(path);

/** Actions that come, go and change, without those that only follow an account or tenant. Approvals that go come first. */
export function actionChanges(changes: readonly ResourceChange[], movement: Movement): readonly ActionChange[] {
  const actions = changes.filter(isOfStages).flatMap(({ before, after }): readonly ActionChange[] => {
    const [old, next] = [actionsOf(before, movement.moved), actionsOf(after, (text) => text)];
    return [
      ...[...old]
        .filter(([key]) => !next.has(key) && !movement.namesGone(key))
        .map(([, each]) => changeOf('removed', each)),
      ...[...next].flatMap(([key, each]) => {
        const was = old.get(key);
        if (!was) return movement.namesNew(key) ? [] : [changeOf('added', each)];
        return followsIn(was.content, each.content, movement) ? [] : [changeOf('changed', each)];
      }),
    ];
  });
  const isGoneApproval = ({ change, category }: ActionChange): boolean =>
    change === 'removed' && category === 'Approval';
  return [...actions.filter(isGoneApproval), ...actions.filter((action) => !isGoneApproval(action))];
}

interface Action {
  readonly stage: string;
  readonly name: string;
  readonly category: string;
  /** Without its place in the order, which follows from others. */
  readonly content: Json;
}

function actionsOf(pipeline: Resource | undefined, moved: (text: string) => string): ReadonlyMap<string, Action> {
  return new Map(
    listOf(pipeline?.properties['Stages']).flatMap((stage) => {
      const { Name, Actions } = objectOf(stage);
      return listOf(Actions).map((action): readonly [string, Action] => {
        const { Name: name, ActionTypeId, ...content } = without(objectOf(action), 'RunOrder');
        const { StackName, ActionMode, RoleArn } = objectOf(content['Configuration']);
        // Names of actions change when another stack of the same name comes into their stage.
        const target = StackName === undefined ? name : [StackName, ActionMode, RoleArn].map(textOf).join(' ');
        const key = moved(`${textOf(Name)} / ${textOf(target)}`);
        const category = textOf(objectOf(ActionTypeId)['Category']);
        return [key, { stage: textOf(Name), name: textOf(name), category, content: withoutDigests(content) }];
      });
    }),
  );
}

/** Content besides the file of the template, and the variable with which CDK Pipelines makes an action change when its project does. */
const withoutDigests = (content: Json): Json => {
  const { Configuration, ...rest } = objectOf(content);
  if (!isObject(Configuration)) return content;
  const { EnvironmentVariables, ...configuration } = without(Configuration, 'TemplatePath');
  const isDigest = textOf(EnvironmentVariables).includes('_PROJECT_CONFIG_HASH');
  const kept: JsonObject = isDigest || EnvironmentVariables === undefined ? {} : { EnvironmentVariables };
  return { ...rest, Configuration: { ...configuration, ...kept } };
};

const changeOf = (change: ActionChange['change'], { stage, name, category }: Action): ActionChange => ({
  ...{ change, stage, action: name, category },
});
