import { type Local, defineLocal } from '../../../blocks/local.ts';

/** A model answers in the place of SQS. */
export const local: Local = defineLocal({
  prepare: () => ({ input: { order: 7 } }),
  sample: { input: { order: 1 }, problems: () => [] },
  faults: [
    {
      id: 'send',
      title: 'the workflow may not send to the queue',
      stage: 'desk',
      role: 'Workflow/Resource/Role',
      action: 'sqs:SendMessage',
    },
  ],
  integrations: {
    'sqs:sendMessage': (_, { number }) => ({ output: { MessageId: `message-${number}` }, milliseconds: 20 }),
  },
});
