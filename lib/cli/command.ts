/** One word after `hookline`. */
export interface Command {
  name: string;
  /** What stands after the name in the help. */
  usage: string;
  summary: string;
  run(args: string[]): Promise<void>;
}

/** Ends the command with its sentence and exit code 2, as for a wrong argument. */
export class UsageError extends Error {}
