import { isAppError } from '#lib/errors.ts';
import { failStart } from '#lib/server/fail-start.ts';
import { type Command, UsageError } from './command.ts';
import { demo } from './demo.ts';
import { listen } from './listen.ts';
import { migrate } from './migrate.ts';
import { resetPassword } from './reset-password.ts';
import { rotateKey } from './rotate-key.ts';
import { start } from './start.ts';
import { worker } from './worker.ts';

/** Every command; a new one is a file and a line here. */
const COMMANDS: readonly Command[] = [start, worker, migrate, resetPassword, rotateKey, listen, demo];

export async function main([name, ...args]: string[]): Promise<void> {
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    process.stdout.write(help());
    process.exitCode = name === undefined ? 2 : 0;
    return;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${help()}`);
    process.exitCode = 2;
    return;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`hookline ${command.name} ${command.usage}\n\n${command.summary}\n`);
    return;
  }
  await command.run(args).catch((error: unknown) => {
    if (isAppError(error)) return refuse(error.message);
    if (!(error instanceof UsageError)) failStart(error);
    process.stderr.write(`${error.message}\n\nhookline ${command.name} ${command.usage}\n`);
    process.exitCode = 2;
  });
}

/** A refusal of a use case, as a caller over HTTP would read it. */
function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

function help(): string {
  const lines = COMMANDS.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.trimEnd()}\n      ${summary}`);
  return `hookline <command>\n\n${lines.join('\n')}\n\nThe configuration is read from the environment; the README lists every variable.\n`;
}
