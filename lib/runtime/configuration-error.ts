/** Stops the start. The message is one sentence that names the variable, for whoever runs the instance. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}
