import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environmentDigest } from "../../src/environment/digest.js";
import { readInstance } from "../../src/instance/instance.js";
import { instanceText } from "../../src/instance/written-out.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";

test("an instance written out is the same environment with the same question, whatever family it is of", () => {
  const files = readdirSync("instances").filter((name) => name.endsWith(".json"));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const instance = readInstance(readFileSync(`instances/${file}`, "utf8"), file);
    const again = readInstance([...instanceText(instance)].join(""), file);
    expect(again.digest, file).toBe(instance.digest);
    expect([again.name, again.description, again.question], file).toEqual([
      instance.name,
      instance.description,
      instance.question,
    ]);
    expect(again.model, file).toBeUndefined();
  }
});

test("and so is a random one, with correlated types, values by profile, costs and a given rule (seeds 0 to 99)", () => {
  for (let seed = 0; seed < 100; seed++) {
    const environment = randomEnvironment(seed);
    const givenRule = randomRule(environment, seed);
    const instance = { environment, givenRule, name: "random", description: "", question: {} };
    const again = readInstance([...instanceText(instance)].join(""), "random");
    expect(again.digest, `seed ${seed}`).toBe(environmentDigest(environment, givenRule));
  }
});
