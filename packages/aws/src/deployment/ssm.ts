import type { TypeCalls } from './call-row.ts';
import { newTags } from './condition-keys.ts';
import { given } from './occasions.ts';
import { call, onChange, onCreate, onDelete, onUpdate, reads, schemaOf, tagging } from './shared-rows.ts';
import { arnHere } from './targets.ts';

const repository = 'https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-ssm';
const handler = (name: string): string =>
  `${repository}/blob/master/aws-ssm-parameter/src/main/java/com/amazonaws/ssm/parameter/${name}.java`;

export const parameter: TypeCalls = {
  arn: (resource) => arnHere(resource, 'ssm', `parameter/${resource.name.replace(/^\//, '')}`),
  rows: [
    call('ssm:PutParameter', onCreate, handler('CreateHandler'), { keys: newTags, creates: true }),
    ...tagging(handler('TagHelper'), 'ssm:AddTagsToResource', 'ssm:RemoveTagsFromResource'),
    call('ssm:PutParameter', onUpdate, handler('UpdateHandler'), {
      when: given('Type', 'Value', 'Description', 'Policies', 'AllowedPattern', 'Tier', 'DataType'),
    }),
    // To see the new version, and by ReadHandler at the end.
    call('ssm:GetParameters', onChange, handler('BaseHandlerStd')),
    call('ssm:DeleteParameter', onDelete, handler('DeleteHandler')),
    ...reads(schemaOf('AWS::SSM::Parameter'), 'ssm:GetParameters'),
  ],
};
