import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";
import { scratch } from "../cli/command.js";
import { instance } from "../cli/faulty-instances.js";

const measured = fileURLToPath(new URL("measured.cjs", import.meta.url));

async function text(stream: Readable): Promise<string> {
  let all = "";
  for await (const part of stream.setEncoding("utf8")) all += part;
  return all;
}

/** Runs the command as its users do, and measures it. */
async function run(args: readonly string[]) {
  const child = spawn(process.execPath, ["--require", measured, inject("builtCommand"), ...args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [, stdout, stderr, taken] = child.stdio as (Readable | null)[];
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [out, err, took] = await Promise.all([text(stdout!), text(stderr!), text(taken!)]);
  return {
    status: await ended,
    stdout: out,
    stderr: err,
    ...(JSON.parse(took) as { megabytes: number; seconds: number }),
  };
}

const list = (entry: string, count: number) => `[${`${entry},`.repeat(count - 1)}${entry}]`;
const explicit = JSON.stringify(instance());
const types = (own: string) => explicit.replace('["low","high"]', own);
const tinyAgent = '{"name":"a","types":["t"],"prior":[1],"values":{"byType":[[0,1]]}}';
const trade = (buyer: object) => ({ model: "bilateral-trade", parameters: { buyer, seller: { points: 2 } } });
const weights = (own: (k: number) => string) => ({
  values: Array.from({ length: 1000 }, (_, k) => k),
  weights: Array.from({ length: 1000 }, (_, k) => own(k)),
});
const good = (values: string[]) => ({
  model: "square-root-good",
  parameters: { agents: 2, grid: { values }, endowments: ["1/2", "1/2"] },
});

/** Each with what the message says. */
const large: Record<string, readonly [content: string | object, message: RegExp]> = {
  "a million agents that are null": [
    `{"agents":${list("null", 1e6)},"outcomes":["x"]}`,
    /agents: 1,000,000 agents; /,
  ],
  "100,000 agents of one type": [
    `{"agents":${list(tinyAgent, 1e5)},"outcomes":["x","y"]}`,
    /agents: 100,000 agents; /,
  ],
  "a million types": [
    types(list('"t"', 1e6)),
    /agents\[0\]\.types: 1,000,000 types; expected at most 100,000/,
  ],
  "a list of a million nulls in place of numbers": [
    explicit.replace('["1/2","1/2"]', list("null", 1e6)),
    /agents\[0\]\.prior\[0\]: null; expected a number/,
  ],
  "a table of a million lists": [
    explicit.replace("[[0,1],[0,2]]", list("[]", 1e6)),
    /a list of 1000000; expected a list of 2/,
  ],
  "a field of 5 MB": [explicit.replace('"outcomes"', `"${"k".repeat(5e6)}"`), /of more than 1048576 bytes/],
  "100,000 unknown fields": [
    `{${Array.from({ length: 1e5 }, (_, k) => `"k${k}":0`).join(",")},${explicit.slice(1)}`,
    /the unknown fields "k0", "k1", "k2", "k3", "k4", … \(100,000 in all\); /,
  ],
  "an auction of 1,000 bidders": [
    { model: "single-good-auction", parameters: { agents: 1000, grid: { points: 1 } } },
    /parameters\.agents: 1000; expected a whole number from 1 to 100/,
  ],
  "a million points": [
    trade({ points: 1e6 }),
    /parameters\.buyer\.points: 1000000; expected a whole number from 1 to 100000/,
  ],
  "100 bidders with 39,000 types": [
    { model: "single-good-auction", parameters: { agents: 100, grid: { points: 39_000 } } },
    /profiles; expected at most 2\^53/,
  ],
  "a number of 10,000 digits after the point": [good(["1e-10000", "1"]), /a number of too many digits; /],
  "weights with long exponents": [trade(weights((k) => `1e${9 * k}`)), /a number of too many digits; /],
  "weights with long denominators": [
    trade(weights((k) => `1/${10n ** 40n + BigInt(k * k + 1)}`)),
    /common denominator of all becomes too long; /,
  ],
  "a power beyond all doubles": [
    trade({ points: 10, distribution: { power: "1e400" } }),
    /a positive exponent, from 1\/1000 to 1000/,
  ],
};

test.each(Object.entries(large))("%s: one message, in seconds and 300 MB", async (_, [content, message]) => {
  const file = scratch().write("large.json", content);
  const { status, stdout, stderr, megabytes, seconds } = await run(["solve", file]);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^mechlp: [^\n]{1,2000}\n$/);
  expect(stderr).toMatch(message);
  expect(megabytes).toBeLessThan(300);
  // Two are allowed where a machine has nothing else to do.
  expect(seconds).toBeLessThan(4);
});
