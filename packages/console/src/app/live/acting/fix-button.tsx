import { useSignal } from '@preact/signals';
import type { FixModel } from '../../../models/verdict.ts';
import { Problem } from '../../actions/action-panel.tsx';
import { announcement } from '../../state/store.ts';
import { useAction } from './use-action.ts';

/** Adds the statement of a fix to the policy of its role in the sandbox. */
export function FixButton({ fix }: { readonly fix: Extract<FixModel, { kind: 'statement' }> }) {
  const isFixed = useSignal(false);
  const { isBusy, error, take } = useAction();
  if (!fix.target) return null;
  const request = { ...fix.target, statements: [JSON.parse(fix.text) as unknown] };
  return (
    <>
      <button
        type="button"
        class="button fix-action"
        disabled={isBusy.value || isFixed.value}
        onClick={() => {
          void take('fix-permission', request, () => {
            isFixed.value = true;
            announcement.value = 'the statement is in the policy now';
          });
        }}
      >
        {isFixed.value ? 'Fixed in the sandbox' : 'Fix in the sandbox'}
      </button>
      {isFixed.value && (
        <span class="quiet">From now on the call is allowed: let the clock go on, or start again.</span>
      )}
      <Problem>{error.value}</Problem>
    </>
  );
}
