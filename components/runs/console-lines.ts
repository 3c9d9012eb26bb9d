/** A page of the console log, and how much of its end is shown first. */
export const CONSOLE_LINES = 500;
