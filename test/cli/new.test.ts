import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { mechlp, scratch } from "./command.js";

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));

/** Where `$schema` of a file leads. */
function schemaOf(path: string): string {
  const { $schema } = json(path) as { $schema: string };
  return $schema.startsWith("file:") ? fileURLToPath($schema) : resolve(dirname(path), $schema);
}

describe.concurrent("mechlp new", () => {
  test("starts an instance that solves, and a mechanism for it that is checked at once", async () => {
    const { path } = scratch();
    const started = await mechlp(["new", "partnership", "--out", path("p.json")]);
    expect([started.status, started.stderr]).toEqual([0, ""]);
    expect(started.stdout).toContain(`Next: mechlp show ${path("p.json")}, mechlp solve ${path("p.json")}\n`);
    expect((await mechlp(["solve", path("p.json")])).stdout).toContain("POSSIBLE");
    await mechlp(["new", "mechanism", path("p.json"), "--out", path("m.json")]);
    const checked = await mechlp(["check", path("p.json"), path("m.json"), "--json"]);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      meetsRequirements: false,
      properties: { "ex post efficiency": { holds: true }, "ex post balance": { holds: true } },
    });
  });

  test("says where the schema lies: in the project where the package is installed there, else on this machine", async () => {
    const { path } = scratch();
    await mechlp(["new", "explicit", "--out", path("alone.json")]);
    expect(json(path("alone.json")).$schema).toMatch(/^file:\/\/\//);
    mkdirSync(path("project/node_modules"), { recursive: true });
    mkdirSync(path("project/cases"));
    symlinkSync(fileURLToPath(new URL("../..", import.meta.url)), path("project/node_modules/mechlp"), "dir");
    await mechlp(["new", "explicit", "--out", path("project/cases/trade.json")]);
    expect(json(path("project/cases/trade.json")).$schema).toBe(
      "../node_modules/mechlp/schema/instance.schema.json",
    );
    for (const file of ["alone.json", "project/cases/trade.json"])
      expect(existsSync(schemaOf(path(file))), file).toBe(true);
    const { stdout } = await mechlp(["new", "explicit"]);
    expect(JSON.parse(stdout).$schema).toBe("./schema/instance.schema.json");
  });

  test("loses no file that is there", async () => {
    const { path, write } = scratch();
    const mine = write("mine.json", "mine");
    const { status, stderr } = await mechlp(["new", "explicit", "--out", mine]);
    expect([status, stderr]).toEqual([
      2,
      `mechlp: ${mine}: a file that is there already; expected another name, or --force to write over it\n`,
    ]);
    expect(readFileSync(mine, "utf8")).toBe("mine");
    expect((await mechlp(["new", "explicit", "--out", path("mine.json"), "--force"])).status).toBe(0);
    expect(json(mine)).toHaveProperty("agents");
  });

  test.each([
    [
      ["new", "auction"],
      /the unknown family "auction"; expected one of explicit, .*; did you mean single-good-auction\?/,
    ],
    [["new", "mechanism"], /no instance that the mechanism is for; expected mechlp new mechanism INSTANCE/],
    [["new", "explicit", "x.json"], /"x.json" after explicit; expected nothing/],
    [
      ["new", "explicit", "--form", "parts"],
      /--form: parts for an instance; expected a mechanism to lay out/,
    ],
  ])("%j is told what is expected", async (args, message) => {
    const { status, stdout, stderr } = await mechlp(args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});

describe.concurrent("mechlp show and expand", () => {
  const uniform = "instances/bilateral-trade-uniform-10.json";

  test("show tells the digest that a mechanism of the instance may have", async () => {
    const { path, write } = scratch();
    await mechlp(["solve", uniform, "--out", path("m.json")]);
    const { instance } = json(path("m.json")) as { instance: { digest: string } };
    expect((await mechlp(["show", uniform])).stdout).toContain(`digest ${instance.digest}\n`);
    const { digest } = JSON.parse((await mechlp(["show", uniform, "--json"])).stdout);
    expect(digest).toBe(instance.digest);
    const own = { instance: { digest }, rule: "efficient", payments: "zero" };
    expect((await mechlp(["check", uniform, write("own.json", own)])).status).toBe(0);
  });

  test("expand writes a family out, so that one probability can be changed and the result solved", async () => {
    const { path, write } = scratch();
    await mechlp(["expand", uniform, "--out", path("out.json")]);
    const text = readFileSync(path("out.json"), "utf8");
    expect(text).toContain('"weights": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]');
    const optimum = async (file: string) => {
      await mechlp(["solve", file, "--proof", `${file}.proof`]);
      return (json(`${file}.proof`) as { claim: { lower: string } }).claim.lower;
    };
    expect(await optimum(path("out.json"))).toBe("3/40");
    // Half of all buyers have the highest type; over efficient trades, virtual values fall 97/600 short of virtual costs.
    const changed = write("changed.json", text.replace("1]", "9]"));
    expect(await optimum(changed)).toBe("97/600");
    const { stdout } = await mechlp(["show", changed]);
    expect(stdout).toContain("  0.95          0.5               0         0   0.95\n");
  });

  test("export --format instance writes the same instance", async () => {
    const exported = await mechlp(["export", uniform, "--format", "instance"]);
    const { agents } = JSON.parse((await mechlp(["expand", uniform])).stdout);
    expect(JSON.parse(exported.stdout).agents).toEqual(agents);
  });
});
