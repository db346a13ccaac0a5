const start = (): Promise<unknown> => import("./start");

// What the server drew is seen before the rest is worked out; a page that is not looked at draws no frame.
if (document.visibilityState === "hidden") void start();
else requestAnimationFrame(() => setTimeout(() => void start()));
