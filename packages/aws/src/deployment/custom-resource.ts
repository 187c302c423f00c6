import type { Occasions, TypeCalls } from './call-row.ts';
import { textAt } from './occasions.ts';
import { call, onChange, onDelete } from './shared-rows.ts';

const guide =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html';

const providedBy =
  (service: string): Occasions =>
  ({ properties }) =>
    textAt(properties, 'ServiceToken').split(':')[2] === service ? [null] : [];

/** A resource that a function or the subscriber of a topic provides. */
export const customResource: TypeCalls = {
  arn: ({ properties }) => textAt(properties, 'ServiceToken'),
  rows: [
    call('lambda:InvokeFunction', [...onChange, ...onDelete], guide, { when: providedBy('lambda') }),
    call('sns:Publish', [...onChange, ...onDelete], guide, { when: providedBy('sns') }),
  ],
};

/** A resource that is a part of the stack alone. */
export const ofStackAlone: TypeCalls = { arn: () => '*', rows: [] };
