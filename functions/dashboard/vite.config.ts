import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// No inline script and no data: URL may leave the build: the content security policy refuses both.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    manifest: "manifest.json",
    emptyOutDir: true,
  },
  test: { include: ["src/**/*.test.ts", "checks/**/*.test.ts"] },
});
