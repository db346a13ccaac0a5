import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Compresses the files once, when they are built, so that no request waits for it. */
function compressed(): Plugin {
  const folder = new URL("dist/assets/", import.meta.url);
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      for (const file of readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const content = readFileSync(new URL(file, folder));
        writeFileSync(new URL(`${file}.br`, folder), brotliCompressSync(content));
        writeFileSync(new URL(`${file}.gz`, folder), gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    // Small pictures too are files: the policy of the pages takes no address that holds its own content as script.
    assetsInlineLimit: 0,
    // All styles together are as small as one picture: one file, asked once.
    cssCodeSplit: false,
    reportCompressedSize: false,
    // Tells the server which files a page needs first.
    manifest: "manifest.json",
    rolldownOptions: {
      // "use client" speaks to a server of React, and there is none.
      onwarn: (warning, log) => {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") log(warning);
      },
    },
  },
});
