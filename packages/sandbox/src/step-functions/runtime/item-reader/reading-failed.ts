/** Thrown when items cannot be read; the message is the cause of `States.ItemReaderFailed`. */
export class ReadingFailed extends Error {}
