import { expect, test } from "vitest";
import { environmentDigest } from "../../src/environment/digest.js";
import { certain } from "../../src/environment/lottery.js";
import { film, filmWith, vector } from "./hand-made.js";

const digest = environmentDigest(filmWith());

test("names of instances and descriptions do not count, nor how a fraction is written", () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(environmentDigest(filmWith({ name: "cinema", description: "a night out" }))).toBe(digest);
  expect(environmentDigest(filmWith({ cost: { shape: "outcome", entries: vector("0/7", "4.0") } }))).toBe(
    digest,
  );
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
