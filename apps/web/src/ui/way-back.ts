/** Hears of a way back, or forward, that was taken on this page. */
export type WayBackListener = (event: PopStateEvent) => void;

let first: WayBackListener | null = null;

// Here from the start, so that it hears of it before whatever shows the page of an address.
window.addEventListener("popstate", (event) => first?.(event));

/** Says who hears first of a way back that was taken, and may keep it from everyone else; null: nobody. */
export function setWayBackListener(next: WayBackListener | null): void {
  first = next;
}
