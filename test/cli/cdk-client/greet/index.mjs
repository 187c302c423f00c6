export const handler = async () => ({ table: process.env.TABLE });
