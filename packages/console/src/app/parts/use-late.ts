import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Milliseconds after which something that is waited for is said to be. */
const patience = 300;

/** True once somebody has waited so long that it has to be said what for. */
export function useLate(): boolean {
  const isLate = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      isLate.value = true;
    }, patience);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return isLate.value;
}
