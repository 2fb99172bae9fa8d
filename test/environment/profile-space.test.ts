import { expect, test } from "vitest";
import { ProfileSpace } from "../../src/environment/profile-space.js";

const space = new ProfileSpace([2, 3, 4]);
const all = Array.from({ length: 24 }, (_, s) => s);

test("profiles are numbered with the last agent fastest", () => {
  expect(space.count).toBe(24);
  expect([0, 1, 4, 12, 23].map((s) => space.typesOf(s))).toEqual([
    [0, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
    [1, 0, 0],
    [1, 2, 3],
  ]);
  expect(all.map((s) => space.profileOf(space.typesOf(s)))).toEqual(all);
});

test("a report replaces one agent's type and leaves the others'", () => {
  for (const s of all) {
    space.sizes.forEach((size, agent) => {
      for (let type = 0; type < size; type++) {
        const expected = space.typesOf(s).map((own, i) => (i === agent ? type : own));
        expect(space.typesOf(space.replace(s, agent, type))).toEqual(expected);
      }
    });
  }
});

test("the others of an agent form their own profiles, in order", () => {
  expect([0, 1, 2].map((agent) => space.othersCount(agent))).toEqual([12, 8, 6]);
  for (const agent of [0, 1, 2]) {
    for (let others = 0; others < space.othersCount(agent); others++) {
      const profile = space.withOthers(agent, others);
      expect(space.typeOf(profile, agent)).toBe(0);
      expect(space.othersOf(agent, profile)).toBe(others);
    }
  }
  expect(space.profilesOf(1, 2)).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
});

test("each profile lies in exactly one of the sets that an agent's types form", () => {
  for (const agent of [0, 1, 2]) {
    const union = Array.from({ length: space.sizes[agent] }, (_, type) =>
      space.profilesOf(agent, type),
    ).flat();
    expect(union.sort((a, b) => a - b)).toEqual(all);
  }
});
