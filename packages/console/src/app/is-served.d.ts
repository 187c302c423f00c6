/**
 * True in the page of a server, false in a file from disk; a constant of the bundler. Code behind it is in one of the two
 * only, as long as the condition is the constant itself: the bundler does not see a copy in a variable in time.
 */
declare const IS_SERVED: boolean;
