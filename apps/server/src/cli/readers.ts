let isGone = false;

/** Whoever reads what a command says may stop early, as `head` does: its work goes on, and it says no more. */
export function letReadersGo(): void {
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code !== "EPIPE") process.exit(1);
    isGone = true;
  });
  process.stderr.on("error", () => undefined);
}

/** Says whether standard output is still read. */
export function isAnyoneReading(): boolean {
  return !isGone;
}
