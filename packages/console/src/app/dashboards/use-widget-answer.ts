import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { firstStart } from '../../models/family.ts';
import { answerWithin, type WidgetAnswer, type WidgetQuestion, wholeRange } from '../../models/metric-answers.ts';
import { ask } from '../state/ask.ts';
import { errorText } from '../state/error-text.ts';
import { snapshot } from '../state/store.ts';

/** Values of a widget, or why there are none. */
export interface Answered {
  /** The last values that came; undefined before the first. */
  readonly answer: WidgetAnswer | undefined;
  /** Why the newest values did not come. */
  readonly problem: string | undefined;
}

/** A widget asks a server at most once in this time, in milliseconds. */
const pause = 1_000;

/**
 * Asks for the values of a widget, and again when the question is another one. Old values stay until new ones are there.
 * A file contains those of the whole run, and a question takes its part of them.
 *
 * @param question undefined while the widget is out of sight
 */
export function useWidgetAnswer(question: WidgetQuestion | undefined) {
  const answered = useSignal<Answered>({ answer: undefined, problem: undefined });
  const askedAt = useRef(-Infinity);
  const key = question && JSON.stringify(question);
  useEffect(() => {
    if (!question) return undefined;
    let isOver = false;
    const put = (next: Answered): void => {
      if (!isOver) answered.value = next;
    };
    const timer = setTimeout(
      () => {
        askedAt.current = performance.now();
        ask('metrics', stored(question)).then(
          (answer) => {
            put({ answer: answerWithin(answer as WidgetAnswer, question.from, question.to), problem: undefined });
          },
          (error: unknown) => {
            put({ answer: answered.value.answer, problem: errorText(error) });
          },
        );
      },
      Math.max(0, askedAt.current + (IS_SERVED ? pause : 0) - performance.now()),
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key]);
  return answered;
}

/** The question that a file has an answer to. */
function stored(question: WidgetQuestion): WidgetQuestion {
  if (IS_SERVED || !snapshot.value) return question;
  return { ...question, ...wholeRange(firstStart(snapshot.value), snapshot.value.at) };
}
