/** True for a day of the calendar, year first: 2027-02-30 is none. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** True until the end of a day (UTC). A day that cannot be read has passed. */
export const isNotAfter = (now: Date, day: string): boolean => now.getTime() <= Date.parse(`${day}T23:59:59.999Z`);
