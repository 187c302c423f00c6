import type { Sections } from '@crosswind/console/server/snapshot';

/** Reads a section. Gives the same object again as long as nothing has changed, and finds that out cheaply. */
export type SectionReader<Name extends keyof Sections> = () => Promise<Sections[Name]> | Sections[Name];
