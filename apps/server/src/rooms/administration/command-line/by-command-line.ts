/** Says in an event that nobody who is logged in did it, but someone at the command line, whose name is not known. */
export const BY_COMMAND_LINE = { actor: null, credential: null, details: { by: "command line" } } as const;
