import { expect, test } from "vitest";
import { fixedEndowment, singleGoodAuction } from "../../models/index.js";
import { design } from "../../src/index.js";
import { designText } from "../../src/report/design-text.js";
import { filmWith, vector } from "../environment/hand-made.js";

test("two agents with few types are shown what happens at each profile, with more what is chosen", async () => {
  const few = designText(await design({ environment: filmWith() }, { ties: "last", ir: "none" }), "film");
  expect(few).toMatch(/^at each profile\n {2}ann +bob +outcome +ann pays +bob pays/m);
  const auction = singleGoodAuction({ agents: 2, grid: { points: 6 } });
  const many = designText(
    await design(auction, { budget: "none", allocation: "free", objective: "max-surplus" }),
    "auction",
  );
  expect(many).not.toContain("at each profile");
  expect(many).toMatch(/^which outcome is chosen: bidder 1 down, bidder 2 across$/m);
  // Nobody below one half gets the good; of equal bidders a lottery decides.
  expect(many).toMatch(/^ {2}1\/12 +A +A +A +C +C +C$/m);
  expect(many).toMatch(/^ {2}7\/12 +B +B +B +\? +C +C$/m);
  expect(many).toContain("  A kept; B to bidder 1; C to bidder 2; ? a lottery.\n");
});

test("agents of whom every type expects the same are shown once", async () => {
  const auction = singleGoodAuction({ agents: 3, grid: { points: 4 } });
  const question = { budget: "none", allocation: "free", objective: "max-surplus" } as const;
  const text = designText(await design(auction, question), "auction");
  expect(text.match(/what each type expects/g)).toHaveLength(1);
  expect(text).toContain("  bidder 2 and bidder 3 expect the same, each of its own outcomes.\n");
  // Of a public outcome they expect it in the same words.
  const values = { shape: "type-outcome" as const, entries: vector(0, 1, 0, 4) };
  const types = ["low", "high"];
  const halves = vector("1/2", "1/2");
  const friends = filmWith({
    agents: ["ann", "bob"].map((name) => ({ name, types, values })),
    prior: { kind: "independent", marginals: [halves, halves] },
  });
  const film = designText(
    await design({ environment: friends }, { ties: "last" }, { formulation: "exchangeable" }),
    "film",
  );
  expect(film).toContain("  bob expects the same.\n");
});

test("outside options stand beside utilities, for agents who have any", async () => {
  const text = designText(await design({ environment: filmWith() }, { ties: "last" }), "film");
  const [, ann, bob] = text.split(/^(?:ann|bob): what each type expects$/m);
  expect(ann.split("\n")[1]).not.toContain("outside option");
  expect(bob.split("\n")[1]).toMatch(/utility +outside option/);
  expect(bob).toMatch(/^ {2}high .* 0\.5( .*)?$/m);
});

test("with many outcomes it is told where the probability of each is to be found", async () => {
  const good = fixedEndowment({ agents: 2, grid: { points: 4 }, endowments: ["1/2", "1/2"] });
  const text = designText(await design(good, {}), "good");
  expect(text).toMatch(/^ {2}How likely each of 13 outcomes is for each type: --json or --csv\.$/m);
});
