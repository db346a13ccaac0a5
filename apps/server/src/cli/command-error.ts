/** Ends a command with a sentence for whoever runs it, and status 1. */
export class CommandError extends Error {}
