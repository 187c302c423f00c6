/** How far a client's clock may be off: AWS's services say five minutes, S3 fifteen. */
const toleratedMinutes = (service: string): number => (service === 's3' ? 15 : 5);

/** When a request was signed, in the form in which it is signed, `20260102T030405Z`; undefined where it does not say. */
export function signingTime({ 'x-amz-date': stamped, date }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof stamped === 'string') return /^\d{8}T\d{6}Z$/.test(stamped) ? stamped : undefined;
  const time = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(time) ? undefined : timestampOf(time);
}

/** Why a request was signed too early or too late to be looked at, in AWS's words; undefined where it is fine. */
export function staleness(timestamp: string, service: string, now: number): string | undefined {
  const minutes = toleratedMinutes(service);
  const signed = timeOf(timestamp);
  if (Math.abs(now - signed) <= minutes * 60_000) return undefined;
  const isLate = signed < now;
  const border = timestampOf(now + (isLate ? -1 : 1) * minutes * 60_000);
  const order = isLate ? 'Signature expired: ' : 'Signature not yet current: ';
  const relation = `is now ${isLate ? 'earlier' : 'later'} than ${border}`;
  return `${order}${timestamp} ${relation} (${timestampOf(now)} ${isLate ? '-' : '+'} ${minutes} min.)`;
}

/** Problem of a presigned URL that has expired or comes too early; undefined where it is valid. */
export function timelyUntil(
  timestamp: string,
  expiresSeconds: number,
  service: string,
  now: number,
): { readonly reason: 'early' | 'expired' } | undefined {
  const signed = timeOf(timestamp);
  if (signed - now > toleratedMinutes(service) * 60_000) return { reason: 'early' };
  return now > signed + expiresSeconds * 1_000 ? { reason: 'expired' } : undefined;
}

const timeOf = (timestamp: string): number =>
  Date.parse(timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const timestampOf = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
