import { firstLine } from '../../../../onboarding/aws-failure.ts';

/** Reads that may fail without ending everything: what could not be read is said. */
export interface Readings {
  /** Sentences about what could not be read. */
  readonly unread: readonly string[];
  /** The answer, or `otherwise` where the role may not ask, is throttled, or what it asks for is gone. */
  readonly attempt: <Answer>(where: string, read: () => Promise<Answer>, otherwise: Answer) => Promise<Answer>;
}

/** Errors after which the rest can still be read. */
const passable =
  /AccessDenied|NotAuthorized|Unauthorized|Throttl|TooManyRequests|DoesNotExist|NotFound|NoSuchEntity|NotSimulated|InvalidAction/;

export function readings(): Readings {
  const unread = new Set<string>();
  return {
    get unread() {
      return [...unread];
    },
    attempt: async (where, read, otherwise) => {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof Error) || !passable.test(error.name)) throw error;
        unread.add(`${where}: ${firstLine(error)}`);
        return otherwise;
      }
    },
  };
}
