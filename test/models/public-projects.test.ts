import { expect, test } from "vitest";
import { publicProjects } from "../../models/public-projects.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { efficientAt, profileAt, totalProbability } from "./expectations.js";

const oneToNine = { values: [1, 2, 3, 4, 5, 6, 7, 8, 9] };

test("a town of three builds the bridge when types average more than 5, the pool when less, either when equal", () => {
  const { environment } = publicProjects({ agents: 3, grid: oneToNine });
  expect(efficientAt(environment, "9", "6", "1")).toEqual(["bridge"]);
  expect(efficientAt(environment, "9", "1", "1")).toEqual(["swimming pool"]);
  expect(efficientAt(environment, "9", "5", "1")).toEqual(["swimming pool", "bridge"]);
  const profile = profileAt(environment, "9", "5", "1");
  expect([0, 1].map((x) => environment.value(0, x, profile).toString())).toEqual(["14", "18"]);
  expect(totalProbability(environment)).toBe("1");
});

test("one citizen of types 1 to 9 expects 10 + 20/9: the mean of t + 5 up to 5 and of 2t above", () => {
  const { environment } = publicProjects({ agents: 1, grid: oneToNine });
  // t + 5: 6 7 8 9 10; 2t: 12 14 16 18
  expect(expectedEfficientGains(environment).toString()).toBe("100/9");
});

test("doing nothing is a project like any other; costs count, and citizens may differ", () => {
  const { environment } = publicProjects({
    agents: 2,
    grid: { values: [1, 2] },
    projects: [
      { name: "nothing", slope: 0 },
      { name: "park", slope: [1, 3], constant: [-1, 0], cost: 5 },
    ],
    outsideOptions: [0, "1/2"],
  });
  // type - 1 + 3 type
  expect(efficientAt(environment, "1", "1")).toEqual(["nothing"]);
  expect(efficientAt(environment, "2", "2")).toEqual(["park"]);
  expect(environment.value(0, 1, 0).isZero).toBe(true);
  expect(environment.outsideOption(1, 3).toString()).toBe("1/2");
});

test.each([
  [{ projects: [] }, "projects"],
  [{ projects: [{ name: "a" }, { name: "a" }] }, "projects[1].name"],
  [{ projects: [{ name: "a", slope: [1] }] }, "projects[0].slope"],
  [{ projects: [{ name: "a", constant: [1, 2, 3] }] }, "projects[0].constant"],
  [{ projects: [{ name: "a" }, { cost: 1 }] }, "projects[1].name"],
  [{ outsideOptions: [1] }, "outsideOptions"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => publicProjects({ agents: 2, grid: { points: 2 }, ...parameters } as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
