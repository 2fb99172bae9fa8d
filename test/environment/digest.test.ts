import { expect, test } from "vitest";
import { environmentDigest } from "../../src/environment/digest.js";
import { Environment } from "../../src/environment/environment.js";
import { certain } from "../../src/environment/lottery.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { film, filmWith, vector } from "./hand-made.js";

const digest = environmentDigest(filmWith());

test("names of instances and descriptions do not count, nor how a fraction is written", () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(environmentDigest(filmWith({ name: "cinema", description: "a night out" }))).toBe(digest);
  expect(environmentDigest(filmWith({ cost: { shape: "outcome", entries: vector("0/7", "4.0") } }))).toBe(
    digest,
  );
});

test("amounts that are all 0 mean the same as none", () => {
  const bare = { ...film.agents[1], outsideOption: undefined };
  const plain = environmentDigest(filmWith({ agents: [film.agents[0], bare], cost: undefined }));
  for (const shape of ["constant", "type", "profile"] as const) {
    const outsideOption = {
      shape,
      entries: vector(...Array(shape === "constant" ? 1 : shape === "type" ? 2 : 4).fill(0)),
    };
    const cost = { shape: "outcome" as const, entries: vector(0, "0/5") };
    expect(environmentDigest(filmWith({ agents: [film.agents[0], { ...bare, outsideOption }], cost }))).toBe(
      plain,
    );
  }
});

test("a table may have more entries than a call has arguments", () => {
  const types = Array.from({ length: 400 }, (_, k) => `${k}`);
  const values = { shape: "type-outcome" as const, entries: RationalVector.zeros(400) };
  const joint = new RationalVector(new Float64Array(160_000).fill(1), 160_000n);
  const large = new Environment({
    name: "large",
    agents: ["ann", "bob"].map((name) => ({ name, types, values })),
    outcomes: ["stay"],
    prior: { kind: "joint", table: joint },
  });
  expect(environmentDigest(large)).toMatch(/^[0-9a-f]{64}$/);
});

test("everything that the environment means counts", () => {
  const [ann, bob] = film.agents;
  const others = [
    filmWith({ agents: [{ ...ann, name: "amy" }, bob] }),
    filmWith({ agents: [{ ...ann, types: ["small", "high"] }, bob] }),
    filmWith({ agents: [bob, ann] }),
    filmWith({ agents: [{ ...ann, values: { shape: "type-outcome", entries: vector(0, 1, 0, 5) } }, bob] }),
    filmWith({ agents: [ann, { ...bob, outsideOption: { shape: "constant", entries: vector("1/3") } }] }),
    filmWith({ agents: [ann, { ...bob, outsideOption: undefined }] }),
    filmWith({ outcomes: ["stay", "leave"] }),
    filmWith({ cost: { shape: "outcome", entries: vector(0, 5) } }),
    filmWith({ cost: undefined }),
    filmWith({ prior: { kind: "independent", marginals: [vector("1/4", "3/4"), vector("2/3", "1/3")] } }),
    filmWith({ prior: { kind: "joint", table: vector("1/12", "1/6", "1/4", "1/2") } }),
  ].map((environment) => environmentDigest(environment));
  const rules = [0, 1].map((outcome) => environmentDigest(filmWith(), () => certain(outcome)));
  const all = new Set([digest, ...others, ...rules]);
  expect(all.size).toBe(1 + others.length + rules.length);
});
