import { dirname, join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build, type Rolldown } from "vite";
import { expect, inject, test } from "vitest";
import { bilateralTrade, posed } from "../../src/index.js";
import { problemData, type Reply, type Request } from "../../src/worker/messages.js";

const built = join(dirname(inject("builtCommand")), "../src");

/** The worker's script with all that it imports, and HiGHS's WebAssembly beside it, as Vite builds them. */
async function builtWorker(): Promise<{ script: string; wasm: Uint8Array }> {
  const { output } = (await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      rolldownOptions: {
        input: join(built, "worker/thread.js"),
        output: { format: "iife", codeSplitting: false },
        transform: { define: { "import.meta.url": "self.location.href" } },
      },
    },
  })) as Rolldown.RolldownOutput;
  const script = output.find((part) => part.type === "chunk")!.code;
  const wasm = output.find(({ fileName }) => fileName.endsWith(".wasm")) as Rolldown.OutputAsset;
  return { script, wasm: wasm.source as Uint8Array };
}

/** What a browser's worker has, and none of what Node has. */
function roomFor(wasm: Uint8Array, say: (reply: Reply) => void) {
  const heard: ((event: { data: unknown }) => void)[] = [];
  const fetched: string[] = [];
  const context = createContext({
    performance,
    TextEncoder,
    TextDecoder,
    URL,
    setTimeout,
    Worker: class {},
    WorkerGlobalScope: class {},
    location: { href: "https://example.org/assets/thread.js" },
    fetch: async (url: unknown) => {
      fetched.push(String(url));
      return new Response(wasm as BodyInit, { headers: { "content-type": "application/wasm" } });
    },
    addEventListener: (_: string, listen: (event: { data: unknown }) => void) => heard.push(listen),
    postMessage: (reply: Reply) => say(structuredClone(reply)),
  });
  runInContext("globalThis.self = globalThis", context);
  return { context, fetched, post: (data: Request) => heard.forEach((listen) => void listen({ data })) };
}

test("the worker answers where there is nothing of Node's, with HiGHS from the address beside it", async () => {
  const { script, wasm } = await builtWorker();
  const model = bilateralTrade({ buyer: { points: 6 }, seller: { points: 6 } });
  const said: Reply[] = [];
  let fetched: readonly string[] = [];
  await new Promise<void>((resolve) => {
    const room = roomFor(wasm, (reply) => {
      said.push(reply);
      if (reply.kind === "answer" || reply.kind === "fault") resolve();
    });
    fetched = room.fetched;
    runInContext(script, room.context);
    room.post({
      problem: structuredClone(problemData(posed(model.environment))),
      solver: "highs",
      highs: undefined,
      timeLimit: undefined,
      formulation: "direct",
      wantsProgress: true,
      wantsKnown: true,
      stop: undefined,
    });
  });
  expect(said.slice(0, 2).map(({ kind }) => kind)).toEqual(["begun", "known"]);
  expect(fetched).toEqual([expect.stringMatching(/^https:\/\/example\.org\/assets\/highs-.*\.wasm$/)]);
  expect(said.at(-1)).toMatchObject({
    kind: "answer",
    design: {
      verdict: "impossible",
      optimum: { numerator: 5n, denominator: 216n },
      solver: { name: "highs" },
    },
  });
});
