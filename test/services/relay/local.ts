import { type Local, defineLocal } from '../../../blocks/local.ts';

export const local: Local = defineLocal({
  sample: {
    input: { from: 'sample' },
    problems(output) {
      const { greeting } = output as { readonly greeting?: unknown };
      return greeting === 'hello' ? [] : [`greeting must be "hello", got ${JSON.stringify(greeting)}`];
    },
  },
});
