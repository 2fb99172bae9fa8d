import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** A service worker that keeps every file of the page, so that it works offline after the first visit. */
function offline(): Plugin {
  return {
    name: "offline",
    generateBundle(_, bundle) {
      const files = [...Object.keys(bundle), "icon.svg"].filter((name) => !name.endsWith(".map")).sort();
      const digest = files.join("|");
      const source = `
const CACHE = "mechlp-" + ${JSON.stringify(digest)}.length + "-" + ${JSON.stringify(hash(digest))};
const FILES = ${JSON.stringify(["./", ...files.filter((name) => name !== "index.html")])};
addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const old = (keys) => keys.filter((key) => key.startsWith("mechlp-") && key !== CACHE);
  event.waitUntil(caches.keys().then((keys) => Promise.all(old(keys).map((key) => caches.delete(key)))).then(() => clients.claim()));
});
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((kept) => kept ?? fetch(event.request)));
});
`;
      this.emitFile({ type: "asset", fileName: "offline.js", source });
    },
  };
}

/** FNV-1a, for a name. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const sign of text) value = Math.imul(value ^ sign.codePointAt(0)!, 0x01000193) >>> 0;
  return value.toString(36);
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [offline()],
  worker: { format: "es" },
  build: { outDir: "../dist/explorer", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 2000 },
});
