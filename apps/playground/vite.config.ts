import { defineConfig } from "vite";

export default defineConfig({
  base: "/playground/",
  worker: { format: "es" },
  build: {
    // The editor is one large part, and loads with the page it is made for.
    chunkSizeWarningLimit: 8_000,
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" speaks to a server of React, and there is none.
      onwarn: (warning, log) => {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") log(warning);
      },
    },
  },
});
