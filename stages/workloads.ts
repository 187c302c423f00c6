import type { Tenant, TenantInWave } from '../config/schema.ts';
import { windSpeed } from '../services/wind-speed/wind-speed.ts';
import type { Workload } from '../services/workload.ts';

/** The workloads that a tenant in `platform.yaml` may name; the compiler checks that none is missing. */
export const workloads: Readonly<Record<Tenant['workload'], Workload<TenantInWave['settings']>>> = {
  'wind-speed': windSpeed,
};
