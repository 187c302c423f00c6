/** Text of the platform with so many accounts in all, an even number. */
export function platformWith(accounts: number): string;
