import { defineConfig } from "vite";

// The bundle is committed and embedded in the binary: no inline scripts or styles, so that it runs under `default-src 'self'`, and nothing in it
// depends on the machine it was built on.
export default defineConfig({
  base: "/",
  build: { target: "es2022", outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1500 },
  worker: { format: "es" },
  server: { proxy: { "/api": "http://127.0.0.1:7878" } },
});
