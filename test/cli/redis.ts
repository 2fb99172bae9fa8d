import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { Redis } from "ioredis";

/** Debian's package `redis-server`. */
export const hasRedis = (() => {
  try {
    execFileSync("redis-server", ["--version"]);
    return true;
  } catch {
    console.warn(
      "SKIPPED: sweeps through a queue; there is no redis-server (Debian: apt install redis-server)",
    );
    return false;
  }
})();

/** A Redis server of its own on a free port, whose data stays in a folder when it is started again. */
export class RedisServer {
  private server: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async started(folder: string): Promise<RedisServer> {
    const server = new RedisServer(folder, await freePort());
    await server.start();
    return server;
  }

  get address(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = ["--appendonly", "yes", "--appendfsync", "always", "--save", "", "--bind", "127.0.0.1"];
    this.server = spawn("redis-server", ["--port", `${this.port}`, "--dir", this.folder, ...options], {
      stdio: "ignore",
    });
    const client = new Redis(this.address, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    client.on("error", () => {});
    await client.ping();
    client.disconnect();
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const { server } = this;
    if (!server) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill(signal);
    await ended;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
