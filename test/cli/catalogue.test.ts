import { describe, expect, test } from "vitest";
import { mechlp, scratch } from "./command.js";

describe.concurrent("mechlp catalogue", () => {
  test("lists what mentions every word, as text that fits a terminal and as data", async () => {
    const { stdout } = await mechlp(["catalogue", "myerson", "reserve"]);
    expect(stdout).toMatch(/^2 instances/);
    expect(stdout).toContain("auction/myerson-two");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    const json = JSON.parse((await mechlp(["catalogue", "myerson", "reserve", "--json"])).stdout);
    expect(json[1]).toMatchObject({
      name: "auction/myerson-two",
      source: "Myerson 1981",
      environment: "every type",
      expected: { verdict: "possible", optimum: "5/12" },
    });
  });

  test("explains one, and solve answers it as the file says", async () => {
    const { stdout } = await mechlp(["catalogue", "pricing/menu"]);
    expect(stdout).toContain("Answer: possible, 13/9");
    const answer = await mechlp(["solve", "catalogue:pricing/menu", "--json"]);
    expect(JSON.parse(answer.stdout)).toMatchObject({ instance: "menu", optimum: { exact: "13/9" } });
    const { path } = scratch();
    await mechlp(["solve", "catalogue:menu", "--proof", path("a.json")]);
    expect((await mechlp(["verify", "catalogue:menu", path("a.json")])).status).toBe(0);
  });

  test("refuses a name that is none, and words that nothing mentions", async () => {
    expect(await mechlp(["solve", "catalogue:pricing/men"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("a name that mechlp catalogue lists"),
    });
    expect(await mechlp(["catalogue", "zebra", "auction"])).toMatchObject({
      status: 2,
      stderr: "mechlp: no instance that mentions zebra and auction; expected other words, or none\n",
    });
  });
});
