/** Explicit instances of continuous types, as they are written in files. */

const t = (slope: number | string) => ({ slope });

function agent(name: string, byOutcome: unknown[], types: object = {}, outsideOption: unknown = 0) {
  return { name, types, values: { byOutcome }, outsideOption };
}

const density = (...coefficients: (number | string)[]) => ({
  distribution: { density: [{ from: 0, to: 1, coefficients }] },
});
const halfAtom = {
  distribution: {
    density: [{ from: 0, to: 1, coefficients: ["1/2"] }],
    atoms: [{ at: "1/2", probability: "1/2" }],
  },
};
const endAtom = {
  distribution: {
    density: [{ from: 0, to: 1, coefficients: ["3/4"] }],
    atoms: [{ at: 1, probability: "1/4" }],
  },
};
const kink = [
  { from: 0, to: "1/2", coefficients: ["1/6", "-1/3"] },
  { from: "1/2", to: 1, coefficients: ["-1/6", "1/3"] },
];
const names = ["ann", "bob", "cy"];
const goesTo = (k: number) => names.map((_, x) => (x === k ? t(1) : 0));

export const environments = {
  "one agent": { agents: [agent("ann", [t(1)], {}, "1/2")], outcomes: ["hers"] },
  trade: {
    agents: [agent("buyer", [0, t(1)], density(0, 2)), agent("seller", [0, t(-1)])],
    outcomes: ["no trade", "trade"],
  },
  "trade with atoms": {
    agents: [
      agent("buyer", [0, t(1)], halfAtom),
      agent("seller", [0, t(-1)], { from: "1/4", to: "3/2", ...density(2, -2) }),
    ],
    outcomes: ["no trade", "trade"],
  },
  "unequal partners": {
    agents: [agent("ann", [t(1), 0], {}, t("1/10")), agent("bob", [0, t(1)], {}, t("9/10"))],
    outcomes: ["to ann", "to bob"],
  },
  "equal partners": {
    agents: [agent("ann", [t(1), 0], {}, t("1/2")), agent("bob", [0, t(1)], {}, t("1/2"))],
    outcomes: ["to ann", "to bob"],
  },
  "three partners": {
    agents: names.map((name, k) => agent(name, goesTo(k), {}, t("1/3"))),
    outcomes: names,
  },
  "a public good": {
    agents: names.map((name, k) => agent(name, [0, t(1)], k ? {} : density(0, 2))),
    outcomes: ["no", "yes"],
    cost: { byOutcome: [0, "3/2"] },
  },
  "two sizes of a sale": {
    agents: [agent("buyer", [0, t(1), t(2)], density(0, 2)), agent("seller", [0, t(-1), t("-5/2")])],
    outcomes: ["none", "small", "large"],
  },
  "an auction": {
    agents: names.map((name, k) => agent(name, [0, ...goesTo(k)], k ? {} : { distribution: { power: 2 } })),
    outcomes: ["kept", ...names],
    cost: { byOutcome: [0, "1/4", "1/4", "1/4"] },
  },
  "a curved outside option": {
    agents: [
      agent("buyer", [0, t(1)], density(2, -2), {
        pieces: [{ from: 0, to: 1, coefficients: [0, 0, "1/10"] }],
      }),
      agent("seller", [0, t(-1)], halfAtom),
    ],
    outcomes: ["no trade", "trade"],
  },
  "rivals, one with an atom at its end": {
    agents: [
      agent("ann", [0, ...goesTo(0)], { from: -1, to: "1/2", ...endAtom }),
      agent("bob", [0, 0, { slope: 2, constant: 1 }, 0], density(0, 2)),
      agent("cy", [0, 0, 0, { slope: 1, constant: 1 }], { from: "2/3", to: "5/3" }),
    ],
    outcomes: ["kept", ...names],
    cost: { byOutcome: [0, 1, 0, 0] },
  },
  "two bidders": {
    agents: [agent("ann", [0, t(1), 0]), agent("bob", [0, 0, t(1)], density(0, 2))],
    outcomes: ["kept", "to ann", "to bob"],
    cost: { byOutcome: [0, "1/4", "1/4"] },
  },
  "a sale with kinks": {
    agents: [
      agent("buyer", [0, { slope: 1, constant: "1/2" }, t(2)], density(0, 2), { pieces: kink }),
      agent("seller", [0, t(-1), t("-5/2")], {}, t("1/4")),
    ],
    outcomes: ["none", "small", "large"],
    cost: { byOutcome: [0, "1/8", 0] },
  },
  "tangled projects": {
    agents: [
      agent("ann", [0, t(1), t(2)], density(0, 2)),
      agent("bob", [0, t(1), t(2)], halfAtom),
      agent("cy", [0, t(1), t(-1)]),
    ],
    outcomes: ["none", "one", "two"],
    cost: { byOutcome: [0, 1, "3/2"] },
  },
};
