import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Empty } from './head.tsx';
import type { Asked } from '../state/use-answer.ts';

/** Milliseconds after which a question says what it waits for. */
const patience = 300;

/** Says that an answer has not come yet, or why it will not; nothing once it is there. */
export function AskedNote({ asked, what }: { readonly asked: Asked<unknown>; readonly what: string }) {
  const isLate = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      isLate.value = true;
    }, patience);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (asked.kind === 'asking') return isLate.value ? <Empty>{`Waiting for ${what} from the sandbox.`}</Empty> : null;
  if (asked.kind === 'answered') return null;
  return (
    <div class="empty" role="alert">
      <p>{asked.sentence}</p>
      <button type="button" class="button small" onClick={asked.again}>
        Try again
      </button>
    </div>
  );
}
