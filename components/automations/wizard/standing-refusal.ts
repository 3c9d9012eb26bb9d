/** The refusal of what was sent last, while that is still what would be sent: of anything else it says nothing. */
export const standingRefusal = <Input>(
  { error, variables }: { error: Error | null; variables: Input | undefined },
  input: Input,
): Error | null => (error && JSON.stringify(variables) === JSON.stringify(input) ? error : null);
