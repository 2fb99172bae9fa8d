import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { mechlp, scratch, shell } from "./command.js";

const six = "instances/bilateral-trade-endpoint-6.json";
const same = "the same file as another of this command; expected a file of its own";

/** Trade whose mechanism takes a while to be written, profile by profile. */
const large = (folder: ReturnType<typeof scratch>, points = 400) =>
  folder.write("large.json", {
    model: "bilateral-trade",
    parameters: { buyer: { points }, seller: { points } },
  });

async function until(ready: () => boolean): Promise<void> {
  const last = performance.now() + 60_000;
  while (!ready() && performance.now() < last) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Whether something is written to a file of such a name. */
function isPartly(folder: ReturnType<typeof scratch>, name: RegExp): () => boolean {
  return () =>
    folder.names().some((own) => {
      if (!name.test(own)) return false;
      return (statSync(folder.path(own), { throwIfNoEntry: false })?.size ?? 0) > 0;
    });
}

/** Whether somebody has opened a pipe to read it: only then it can be opened for writing without waiting. */
function isRead(pipe: string): boolean {
  try {
    closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
    return true;
  } catch {
    return false;
  }
}

/** Runs the command, sends it a signal once it is ready, and tells its status as a shell would. */
async function signalled(args: readonly string[], signal: NodeJS.Signals, ready: () => boolean) {
  const child = spawn(process.execPath, [inject("builtCommand"), ...args]);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.resume();
  const ended = new Promise<string>((resolve) =>
    child.on("close", (status, by) => resolve(by ? `killed by ${by}` : `status ${status}`)),
  );
  await until(ready);
  child.kill(signal);
  return { how: await ended, stderr };
}

describe.concurrent("a signal while a file is written leaves what was there, and nothing else", () => {
  test.each([
    ["SIGINT", "status 130"],
    ["SIGTERM", "status 143"],
    ["SIGHUP", "status 129"],
  ] as const)("%s", async (signal, expected) => {
    const folder = scratch();
    const instance = large(folder);
    const out = folder.write("out.json", "precious");
    const isBegun = isPartly(folder, /^\.out\.json\.\d+\.[0-9a-f]{8}\.[0-9a-f]{16}\.part$/);
    const { how, stderr } = await signalled(
      ["solve", instance, "--out", out, "--all-payments"],
      signal,
      isBegun,
    );
    expect(how).toBe(expected);
    expect(stderr).toMatch(/^mechlp: not finished: interrupted after .*; nothing is written for --out\n$/);
    expect(readFileSync(out, "utf8")).toBe("precious");
    expect(folder.names()).toEqual(["large.json", "out.json"]);
  });

  test("SIGKILL leaves a file that the next one to write the same takes away, and nothing else", async () => {
    const folder = scratch();
    const instance = large(folder);
    const out = folder.write("out.json", "precious");
    const args = ["solve", instance, "--out", out, "--all-payments"];
    expect((await signalled(args, "SIGKILL", isPartly(folder, /^\.out\.json\./))).how).toBe(
      "killed by SIGKILL",
    );
    const [left] = folder.names().filter((name) => name.startsWith("."));
    const [pid, host] = left.slice(".out.json.".length).split(".");
    expect(readFileSync(out, "utf8")).toBe("precious");
    const of = (pid: number | string, host: string) => `.out.json.${pid}.${host}.0123456789abcdef.part`;
    // Of a process that lives, of another host, of another file; and a link, or a folder, of the dead one's name.
    const others = [
      of(process.pid, host),
      of(pid, "00000000"),
      `.x.json.${pid}.${host}.0123456789abcdef.part`,
    ];
    for (const name of others) folder.write(name, "not mine");
    symlinkSync("large.json", folder.path(of(`0${pid}`, host)));
    mkdirSync(folder.path(of(`00${pid}`, host)));
    const { status, stderr } = await mechlp(["solve", six, "--out", out]);
    expect([status, stderr]).toEqual([0, ""]);
    const links = [of(`0${pid}`, host), of(`00${pid}`, host)];
    expect(folder.names().sort()).toEqual([...others, ...links, "large.json", "out.json"].sort());
    expect(readFileSync(out, "utf8")).toContain("mechlp-mechanism-1");
  });

  test("of a command that is not watched too", async () => {
    const folder = scratch();
    const instance = large(folder);
    const isBegun = isPartly(folder, /^\.out\.lp\./);
    const args = ["expand", instance, "--out", folder.path("out.lp")];
    // Written in a moment: the signal may come too late, but never in between.
    const { how } = await signalled(args, "SIGTERM", isBegun);
    expect(["killed by SIGTERM", "status 0"]).toContain(how);
    expect(folder.names()).toEqual(how === "status 0" ? ["large.json", "out.lp"] : ["large.json"]);
  });

  test("and a proof that is whole stays, whatever ends what comes after it", async () => {
    const folder = scratch();
    const instance = large(folder);
    const [proof, out] = [folder.path("proof.json"), folder.path("out.json")];
    const isProved = () => folder.names().includes("proof.json");
    await signalled(["solve", instance, "--proof", proof, "--out", out], "SIGINT", isProved);
    expect(folder.names().filter((name) => name.startsWith("."))).toEqual([]);
    const { claim } = JSON.parse(readFileSync(proof, "utf8"));
    expect([claim.lower, claim.upper]).toEqual(["10507/64000", "10507/64000"]);
  });
});

describe.concurrent("what was found is told though it cannot be written", () => {
  test("a file that may not be so large", async () => {
    const folder = scratch();
    const instance = large(folder, 40);
    const line = `ulimit -f 8; $MECHLP solve ${instance} --out ${folder.path("out.json")} --brief`;
    const { status, stdout, stderr } = await shell(line);
    expect(status).toBe(2);
    expect(stdout).toContain("IMPOSSIBLE: every such mechanism needs outside money: at least ");
    expect(stderr).toBe(
      `mechlp: ${folder.path("out.json")}: a limit on how large files may be; expected a file that can be written\n`,
    );
    expect(folder.names()).toEqual(["large.json"]);
  });

  test("standard output that is full", async () => {
    for (const command of [`solve ${six}`, `show ${six}`, `export ${six}`, "models"]) {
      const { status, stderr } = await shell(`$MECHLP ${command} > /dev/full`);
      expect([command, status, stderr]).toEqual([
        command,
        2,
        "mechlp: standard output: ENOSPC; expected a place that can be written\n",
      ]);
    }
  });

  test("a reader that stops reading, and does not change the status", async () => {
    const folder = scratch();
    const proof = folder.path("a.json");
    await mechlp(["solve", six, "--proof", proof]);
    const forged = folder.write(
      "f.json",
      readFileSync(proof, "utf8").replace('"lower":"1/36"', '"lower":"1/2"'),
    );
    const status = async (line: string) => (await shell(`${line} | true; echo \${PIPESTATUS[0]}`)).stdout;
    expect(await status(`$MECHLP verify ${six} ${forged}`)).toBe("1\n");
    expect(await status(`$MECHLP verify ${six} ${proof}`)).toBe("0\n");
    expect(await status(`$MECHLP solve ${six} --exit-code --all-profiles`)).toBe("1\n");
    expect(await status(`$MECHLP export ${six}`)).toBe("0\n");
  });

  test("JSON into a slow reader is one document, whatever the limits", async () => {
    const instance = large(scratch(), 120);
    const { status, stdout } = await shell(
      `$MECHLP solve ${instance} --json --time-limit 1.5 | (sleep 3; cat)`,
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty("verdict");
  });
});

describe.concurrent("a file keeps what it is when it is written over", () => {
  test("its mode, its links, and its other names", async () => {
    const folder = scratch();
    const file = folder.write("m.json", "old");
    chmodSync(file, 0o604);
    symlinkSync("m.json", folder.path("link.json"));
    const linked = folder.write("h.json", "old");
    linkSync(linked, folder.path("other.json"));
    symlinkSync("new.json", folder.path("dangling.json"));
    for (const name of ["link.json", "h.json", "dangling.json"]) {
      const { status, stderr } = await mechlp(["solve", six, "--out", folder.path(name)]);
      expect([name, status, stderr]).toEqual([name, 0, ""]);
    }
    expect(lstatSync(folder.path("link.json")).isSymbolicLink()).toBe(true);
    expect(lstatSync(folder.path("dangling.json")).isSymbolicLink()).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o604);
    expect(statSync(linked).ino).toBe(statSync(folder.path("other.json")).ino);
    for (const name of ["m.json", "other.json", "new.json"])
      expect(JSON.parse(readFileSync(folder.path(name), "utf8")).format).toBe("mechlp-mechanism-1");
    expect(folder.names().filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("several commands at once leave one whole file", async () => {
    const folder = scratch();
    const instance = large(folder, 60);
    await Promise.all([1, 2, 3].map(() => mechlp(["solve", instance, "--out", folder.path("m.json")])));
    expect(JSON.parse(readFileSync(folder.path("m.json"), "utf8")).profiles).toHaveLength(3600);
    expect(folder.names()).toEqual(["large.json", "m.json"]);
  });
});

test("a file that would be lost is refused before any work, by whatever name it goes", async () => {
  const folder = scratch();
  const text = readFileSync(six, "utf8");
  const file = folder.write("trade.json", text);
  symlinkSync("trade.json", folder.path("link.json"));
  linkSync(file, folder.path("hard.json"));
  const tables = folder.path("tables");
  await shell(`mkdir ${tables}; ln ${file} ${tables}/types.csv`);
  const twice = `${folder.path(".")}/m.json`;
  const cases: [string[], string][] = [
    [["--out", folder.path("link.json")], `${folder.path("link.json")}: ${same}`],
    [["--proof", folder.path("hard.json")], `${folder.path("hard.json")}: ${same}`],
    [["--csv", tables], `${tables}/types.csv: ${same}`],
    [["--out", folder.path("m.json"), "--proof", twice], `--proof: ${same}`],
    [["--out", folder.path("types.csv"), "--csv", folder.path(".")], `${folder.path("types.csv")}: ${same}`],
  ];
  for (const [flags, message] of cases) {
    const { status, stdout, stderr } = await mechlp(["solve", file, ...flags]);
    expect([status, stdout, stderr]).toEqual([2, "", `mechlp: ${message}\n`]);
  }
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(folder.names()).toEqual(["hard.json", "link.json", "tables", "trade.json"]);
});

describe.concurrent("pipes and devices as input", () => {
  test("a pipe that nobody writes to ends at a limit and at a signal", async () => {
    const folder = scratch();
    const pipe = folder.path("pipe");
    await shell(`mkfifo ${pipe}`);
    const limited = await mechlp(["solve", pipe, "--time-limit", "1"]);
    expect(limited.stdout).toMatch(/^UNDECIDED: time limit reached after .* s, while reading [^\n]*\n$/);
    const verified = await mechlp(["verify", six, pipe, "--time-limit", "1"]);
    expect([verified.status, verified.stderr]).toEqual([3, expect.stringContaining("while reading ")]);
    const silent = await shell(`sleep 5 | $MECHLP solve - --time-limit 1`);
    expect(silent.stdout).toContain("while reading ");
    const { how } = await signalled(["solve", pipe], "SIGINT", () => isRead(pipe));
    expect(how).toBe("status 130");
  });

  test("a pipe with a writer is read, however late it comes", async () => {
    const pipe = scratch().path("pipe");
    const { status, stdout } = await shell(
      `mkfifo ${pipe}; (sleep 1; cat ${six} > ${pipe}) & $MECHLP solve ${pipe} --brief`,
    );
    expect(status).toBe(0);
    expect(stdout).toContain("at least 1/36");
    expect((await shell(`$MECHLP solve <(cat ${six}) --brief`)).stdout).toContain("at least 1/36");
    expect((await shell("$MECHLP solve <(true)")).stderr).toContain("reached end of input");
  });

  test.each(["/dev/null", "/dev/zero", "/dev/urandom", "/dev/full"])("%s is no document", async (device) => {
    const { status, stderr } = await mechlp(["solve", device]);
    expect([status, stderr.split("\n").length]).toEqual([2, 2]);
  });
});

test("where WebAssembly cannot be loaded, that is said in a line", async () => {
  const line = `node --no-expose-wasm ${inject("builtCommand")} solve ${six} --ir ex-post --formulation direct`;
  const { status, stdout, stderr } = await shell(line);
  expect([status, stdout]).toEqual([3, ""]);
  expect(stderr).toMatch(/^mechlp: HiGHS cannot be loaded: [^\n]*\n$/);
});
