/**
 * Runs a task that takes long for real and no virtual time, such as an evaluation in another process. Others may go on
 * until its promise resolves.
 *
 * @param isForeseen false if only the speed of this machine shows that the task takes long
 */
export type Aside = <Result>(task: () => Promise<Result>, isForeseen: boolean) => Promise<Result>;

/** For a step during which nothing else goes on. */
export const alone: Aside = (task) => task();
