import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

/** Debian's package `chromium`. */
export const BROWSER = "/usr/bin/chromium";
export const hasBrowser = existsSync(BROWSER);
if (!hasBrowser)
  console.warn(`SKIPPED: pages in a real browser; there is no ${BROWSER} (Debian: apt install chromium)`);

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A folder as a site, and how many bytes, compressed, of each file were asked for. */
export async function site(folder: string) {
  const served = new Map<string, number>();
  const server = createServer(({ url = "/" }, response) => {
    const path = new URL(url, "http://localhost").pathname;
    const file = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const bytes = readFileSync(file);
    served.set(path, gzipSync(bytes).length);
    response
      .writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" })
      .end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://localhost:${port}/`, served, close: () => server.close() };
}
