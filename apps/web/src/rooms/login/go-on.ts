/**
 * Leaves for where the person was going. The server knows which addresses are its own: its login, where there is
 * nothing left to do, leads on there.
 */
export function goOn(): void {
  window.location.replace(withNext("/login"));
}

/** An address that leads, afterwards, where this page would. */
export function withNext(path: string): string {
  const next = new URLSearchParams(window.location.search).get("next");
  return next === null ? path : `${path}?${new URLSearchParams({ next })}`;
}
