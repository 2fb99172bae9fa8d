import type { Highs, InitOptions } from "highs";
import { SolverUnavailable } from "./solver.js";

/** Where HiGHS, which is WebAssembly, is loaded from. */
export interface HighsConfiguration {
  /**
   * The file `highs.wasm` of the package `highs`: its address (in Node a path or a `file:` URL), its bytes, or the compiled module.
   * When absent the package looks beside its own script, where bundlers put it.
   */
  readonly wasm?: string | URL | ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module;
}

let configuration: HighsConfiguration = {};
let loading: Promise<Highs> | undefined;

/**
 * Says where HiGHS is to be loaded from, from the next answer on: `configureHighs({ wasm: "/assets/highs.wasm" })`. Workers of
 * `mechlp/worker` that start afterwards are told as well.
 */
export function configureHighs({ wasm }: HighsConfiguration): void {
  // A page's relative address would mean another file in a worker, whose script lies elsewhere.
  const page = globalThis.document?.baseURI ?? globalThis.location?.href;
  const address = typeof wasm === "string" && page ? new URL(wasm, page).href : wasm;
  configuration = { wasm: address instanceof URL ? address.href : address };
  loading = undefined;
}

/** What `configureHighs` was told last, in a form that crosses threads. */
export function highsConfiguration(): HighsConfiguration {
  return configuration;
}

/** The one HiGHS of this thread. Throws SolverUnavailable, with what to do about it, where it cannot be loaded. */
export function loadHighs(): Promise<Highs> {
  loading ??= load(configuration).catch((fault) => {
    loading = undefined;
    throw fault;
  });
  return loading;
}

/** After an abort the runtime is of no use: the next answer loads a fresh one. */
export function forgetHighs(): void {
  loading = undefined;
}

async function load({ wasm }: HighsConfiguration): Promise<Highs> {
  const { default: module } = await import("highs").catch((fault) => {
    throw unavailable(fault, "Install its package: npm install highs");
  });
  // The package's declarations are read as CommonJS, its module as ES: the default export sits one level higher
  // than the type checker believes.
  const start = module as unknown as typeof module.default;
  // What it complains of first is the cause; the exception is what became of it.
  let complaint: string | undefined;
  const options: InitOptions = {
    printErr: (line) => {
      complaint ??= line;
    },
  };
  try {
    if (wasm === undefined) return await start(options);
    if (typeof wasm === "string") return await start({ ...options, locateFile: () => wasm });
    const compiled =
      wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm as BufferSource);
    return await started(start, options, compiled);
  } catch (fault) {
    throw unavailable(complaint ?? fault, (await isWasmAllowed()) ? FILE_ADVICE : POLICY_ADVICE);
  }
}

/** Emscripten's own way in: the package (1.15) documents `wasmBinary` and `wasmModule`, and looks at neither. */
function started(
  start: (options: InitOptions) => Promise<Highs>,
  options: InitOptions,
  compiled: WebAssembly.Module,
): Promise<Highs> {
  return new Promise((resolve, reject) => {
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance) => void,
    ): void => {
      WebAssembly.instantiate(compiled, imports).then(receive).catch(reject);
    };
    start({ ...options, instantiateWasm } as InitOptions).then(resolve, reject);
  });
}

const FILE_ADVICE =
  "Its WebAssembly, node_modules/highs/build/highs.wasm, has to be where the program looks for it; " +
  'serve a copy and say where it is: configureHighs({ wasm: "/highs.wasm" })';

const POLICY_ADVICE =
  "No WebAssembly may be compiled here; where a content-security policy forbids it, " +
  "add 'wasm-unsafe-eval' to its script-src";

/** The shortest module there is tells a policy that forbids WebAssembly from a file that is missing or is none. */
async function isWasmAllowed(): Promise<boolean> {
  try {
    await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    return true;
  } catch {
    return false;
  }
}

function unavailable(cause: unknown, advice: string): SolverUnavailable {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new SolverUnavailable(`HiGHS cannot be loaded: ${words.replace(/[.\s]*$/, "")}. ${advice}.`);
}
