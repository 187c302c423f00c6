import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from './ask.ts';

/** An answer, or why there is none yet. */
export type Answered<Answer> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly why: string };

/** Asks when the question changes; undefined asks nothing. An answer to an earlier question is not shown. */
export function useAnswer<Answer>(kind: string, question: object | undefined): Answered<Answer> {
  const key = question && JSON.stringify(question);
  const answered = useSignal<{ readonly key: string | undefined; readonly value: Answered<Answer> }>(nothing);
  useEffect(() => {
    let isCurrent = key !== undefined;
    const show = (value: Answered<Answer>): void => {
      if (isCurrent) answered.value = { key, value };
    };
    if (question) {
      ask(kind, question).then(
        (answer) => {
          show({ kind: 'answered', answer: answer as Answer });
        },
        (error: unknown) => {
          show({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
        },
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [kind, key]);
  return answered.value.key === key ? answered.value.value : nothing.value;
}

const nothing = { key: undefined, value: { kind: 'waiting' } } as const;
