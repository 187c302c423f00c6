import type { Asked } from '../state/use-answer.ts';
import { Empty } from './head.tsx';
import { useLate } from './use-late.ts';

/** Says that an answer has not come yet, or why it will not; nothing once it is there. */
export function AskedNote({ asked, what }: { readonly asked: Asked<unknown>; readonly what: string }) {
  const isLate = useLate();
  if (asked.kind === 'asking') return isLate ? <Empty>{`Waiting for ${what} from the sandbox.`}</Empty> : null;
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
