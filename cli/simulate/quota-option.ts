import type { Bucket, Quotas } from '@crosswind/aws/quotas';
import { defaultQuotas } from '@crosswind/aws/quotas';
import type { QuotaSettings } from '@crosswind/sandbox/quotas/granted-quotas';
import { WrongInput } from '../failure.ts';

const defaults: Readonly<Record<string, unknown>> = { ...defaultQuotas('us-east-1') };
const actions = Object.keys(defaultQuotas('us-east-1').actions);
const names = Object.keys(defaults).filter((name) => name !== 'actions');

/** What `--quota` may name, for help and messages. */
export const quotaNames = [...names, ...actions].join(', ');

/** The quotas that options such as `openMapRuns=10` and `stateTransitions=100/50` (size and refill in a second) grant. */
export function quotaSettings(options: readonly string[]): QuotaSettings {
  const settings: Record<string, number | Bucket> = {};
  const ofActions: Record<string, Bucket> = {};
  for (const option of options) {
    const [, name = '', size, refill] = /^(\w+)=([1-9]\d{0,8})(?:\/([1-9]\d{0,8}))?$/.exec(option) ?? [];
    const isBucket = actions.includes(name) || typeof defaults[name] === 'object';
    if (!(names.includes(name) || actions.includes(name)) || isBucket !== (refill !== undefined)) {
      throw new WrongInput(
        `--quota must read name=number, or name=size/refill for ${isBucket ? name : 'a bucket'}, got "${option}" (names: ${quotaNames})`,
      );
    }
    if (refill === undefined) settings[name] = Number(size);
    else
      (actions.includes(name) ? ofActions : settings)[name] = { size: Number(size), refillPerSecond: Number(refill) };
  }
  return { ...(settings as Partial<Quotas>), actions: ofActions };
}
