import { bilateralTrade, partnership, singleGoodAuction } from "../../src/index.js";
import { bracketText } from "./outward.js";
import { endowmentRow, exPost, knownRow, partnersRow, proved, row, windowRow } from "./rows.js";

const meshes = [10, 20, 40];
const pairs = '["q","1-q"]';
const uniform = { points: 4 };
const squared = { points: 4, distribution: { power: 2 } } as const;

/** The whole document; told of what comes next. */
export async function factsDocument(said: (what: string) => void): Promise<string> {
  const table = async (headings: readonly string[], rows: readonly (() => Promise<string>)[]) => {
    const lines = [row(headings), row(headings.map(() => "---"))];
    for (const make of rows) {
      lines.push(await make());
      said(lines.at(-1)!);
    }
    return lines.join("\n");
  };
  return `${[
    ...opening,
    "## Values that are known",
    "",
    ...knownNotes,
    "",
    await table(["question", "known", ...meshes.map((m) => `m = ${m}`), "order"], knownValues),
    "",
    "## Two partners",
    "",
    ...partnerNotes,
    "",
    await table(
      ["q", "interim", "(1 - 3q) / (6 (1 + 3q))", "ex post, m = 20", "ex post", "grid of 10 types"],
      partners,
    ),
    "",
    "Where the answer changes along q:",
    "",
    await table(["question", "impossible up to", "possible from", "beside"], partnerWindows),
    "",
    "## More partners",
    "",
    ...morePartnerNotes,
    "",
    await table(["question", "impossible up to", "possible from", "beside"], morePartners),
    "",
    await table(["three partners, ex post participation, m = 8", "bracket", "verdict"], threePartners),
    "",
    "## A divisible good with endowments (Ke 2009, Example 5)",
    "",
    ...endowmentNotes,
    "",
    await table(
      ["endowment", "least outside money, m = 20", "verdict", "grid of 4 types", "grid of 10 types"],
      endowments,
    ),
    "",
    await table(["question", "impossible up to", "possible from", "beside"], endowmentWindows),
  ].join("\n")}\n`;
}

const opening = [
  "# Facts about continuous types",
  "",
  "Written by `npm run facts`; every number is computed anew. An answer is a bracket that a certificate proves: the answer's file is",
  "verified by the kernel before it is written down here, in fractions, as `mechlp solve INSTANCE --continuum --proof FILE` and then",
  "`mechlp verify INSTANCE FILE` do. Decimals are rounded outwards, so that what is printed is proved too; a number without",
  "brackets is the exact value. *Impossible* is a lower end above 0, *possible* an upper end of 0 by a mechanism, *undecided* neither.",
  "Windows are found by bisection (`mechlp window INSTANCE --continuum`), and verified from files at the two values that are shown; what is proved is proved at these and at the",
  "others that were asked, not between them. Types are uniform on [0, 1] where nothing else is said, m is the number of cells of each",
  "agent's types, and the rule is efficient, truth pays in expectation and the budget is exact at every profile where nothing else is said.",
  "",
];

const knownNotes = [
  "The order is the binary logarithm of the ratio of widths, from mesh to mesh: 2 is a width that falls with the square of the cells' width.",
  "The second best with ex post participation has a width of 1/(16 m^2) at m = 10 and of 1/(4 m^2) at 20 and 40: it trades from a difference of 1/4 on,",
  "which runs through the middles of cells there, and through their corners here.",
];

const trade = bilateralTrade({ buyer: uniform, seller: uniform });
const strongBuyer = bilateralTrade({ buyer: squared, seller: uniform });
const auction = (agents: number) => singleGoodAuction({ agents, grid: uniform });
const secondBest = { allocation: "free", objective: "max-gains" } as const;
const revenue = { allocation: "free", objective: "max-surplus", budget: "none" } as const;

export const knownValues = [
  () => knownRow("trade, interim participation", "1/6", trade, {}, meshes),
  () => knownRow("the same, the buyer's F = t^2", "1/4", strongBuyer, {}, meshes),
  () => knownRow("trade, ex post participation", "1/6", trade, exPost, meshes),
  () => knownRow("trade's second best, interim participation", "9/64", trade, secondBest, meshes),
  () => knownRow("the same, ex post participation", "9/64", trade, { ...secondBest, ...exPost }, meshes),
  () =>
    knownRow(
      "the same, ex post incentives too",
      "1/8",
      trade,
      { ...secondBest, ...exPost, ic: "ex-post" },
      meshes,
    ),
  () => knownRow("revenue from two bidders", "5/12", auction(2), revenue, meshes),
  () => knownRow("revenue from three bidders", "17/32", auction(3), revenue, meshes),
] as const;

const partnerNotes = [
  "Partners own q and 1 - q of a good that whoever values it most is to have. The least expected outside money, under interim and under ex post",
  "participation. Below one third the bracket contains (1 - 3q) / (6 (1 + 3q)), a formula that is conjectured from these brackets and not proved.",
  "Ke's Proposition 7 (i) says that with linear utility no shares allow an efficient, balanced mechanism with Bayesian incentives and ex post",
  "participation (his Definition 2). For uniform types on [0, 1] this is **refuted** at every q marked possible here, by a mechanism.",
  "The answers at 7/20, 2/5 and 1/2 were checked twice more: by `checker/mechlp_continuum.py` on the instances that `mechlp expand --continuum` writes,",
  "and by evaluating the mechanisms from their description alone (`test/continuum/ex-post/partners-refutation.test.ts`): at random fractions expected",
  "payments make each lie r of a type t lose exactly (t - r)^2 / 2, nobody loses at any of 900 profiles, and payments add up to exactly 0.",
  "At q = 1/3 the bracket leaves the answer open. No grid here needs more than the continuum; at q = 1/5, 1/4 and 3/10 it says *possible*, wrongly.",
];

const partners = ["0", "1/20", "1/10", "3/20", "1/5", "1/4", "3/10", "1/3", "7/20", "2/5", "9/20", "1/2"].map(
  (q) => () => partnersRow(q, 20, 10),
);

const partnerOf = (grid: object, agents = 2) => ({
  model: "partnership",
  parameters: { agents, grid },
  parameter: "shares",
  along: JSON.parse(pairs),
  from: "0",
  to: "1/2",
  points: 3,
});

const partnerWindows = [
  () =>
    windowRow("interim participation", "(1 - sqrt(1/3)) / 2 = 0.21132...", {
      ...partnerOf(uniform),
      question: {},
      within: "1/10000",
    }),
  () =>
    windowRow("ex post participation, m = 24", "none is possible (Ke, Prop. 7 (i)): refuted", {
      ...partnerOf(uniform),
      question: exPost,
      within: "1/1000",
      cells: 24,
    }),
  () =>
    windowRow("interim participation, F = t^2", "", {
      ...partnerOf(squared),
      question: {},
      within: "1/10000",
    }),
  () =>
    windowRow("ex post participation, F = t^2, m = 24", "none is possible (Ke, Prop. 7 (i)): refuted", {
      ...partnerOf(squared),
      question: exPost,
      within: "1/1000",
      cells: 24,
    }),
];

const morePartnerNotes = [
  "All but one of n partners own q, the last one the rest. Under interim participation shares r are possible if and only if the sum of",
  "r_i^(n/(n-1)) is at most n/(n + 1) (Cramton, Gibbons and Klemperer 1987, with uniform types): the column *beside* is that formula's q.",
];

const region = (n: number, beside: string) => () =>
  windowRow(`interim participation, n = ${n}`, beside, {
    ...partnerOf(uniform, n),
    along: [...Array.from({ length: n - 1 }, () => "q"), n === 2 ? "1-q" : `1-${n - 1}q`],
    to: `1/${n}`,
    question: {},
    within: "1/20000",
  });

const morePartners = [2, 3, 4].map((n) => region(n, regionEnd(n)));

/** Where (n - 1) q^p + (1 - (n - 1) q)^p = n / (n + 1), p = n / (n - 1): the left side falls in q up to 1/n. */
function regionEnd(n: number): string {
  const p = n / (n - 1);
  let [low, high] = [0, 1 / n];
  for (let k = 0; k < 60; k++) {
    const q = (low + high) / 2;
    if ((n - 1) * q ** p + (1 - (n - 1) * q) ** p > n / (n + 1)) low = q;
    else high = q;
  }
  return `${low.toFixed(6)}...`;
}

const three = (shares: readonly [string, string, string]) => async () => {
  const model = partnership({ agents: 3, grid: uniform, shares: [...shares] });
  const answer = await proved(model, exPost, 8);
  return row([shares.join(", "), bracketText(answer), answer.verdict]);
};

const threePartners = [
  three(["1/3", "1/3", "1/3"]),
  three(["1/4", "1/4", "1/2"]),
  three(["1/10", "1/10", "4/5"]),
  three(["0", "0", "1"]),
];

const endowmentNotes = [
  "Two agents divide one unit, a share x being worth t (2x - x^2) to the type t; agent 1 owns the endowment, agent 2 the rest. Ex post participation.",
  "Ke prints that M3 is ex post individually rational for endowments from 0.452 to 0.456; his own two inequalities, recomputed, are",
  `${(Math.sqrt(1 - (Math.log(4) + 1) / 3)).toFixed(5)}... <= x <= ${(1 - Math.sqrt(1 - (1.5 - (Math.log(4) + 1) / 3))).toFixed(5)}... But they bound the losses of one agent as the higher type and of the other as the lower one, and`,
  "either may be either: at 0.452, 0.454 and 0.456 not M3 alone but **every** such mechanism needs outside money, as the table proves.",
  "Grids of ten types a side do not show that; from 0.44 to 0.47 they say",
  "*possible* and the continuum *impossible*. At equal endowments a mechanism exists that needs no money at any profile. At the endowment 0",
  "the bracket agrees with Ke's Proposition 7 (ii).",
];

const endowments = ["0", "0.30", "0.40", "0.44", "0.452", "0.454", "0.456", "0.47", "0.5"].map(
  (endowment) => () => endowmentRow(endowment, 20, [4, 10]),
);

const endowmentOf = { model: "fixed-endowment", parameters: { agents: 2, grid: uniform } };

const endowmentWindows = [
  () =>
    windowRow(
      "ex post participation, m = 24",
      "0.452 to 0.456 (M3, as printed): refuted above at three of them",
      {
        ...endowmentOf,
        parameter: "endowments",
        along: JSON.parse(pairs),
        from: "0.4",
        to: "0.5",
        points: 3,
        question: exPost,
        within: "1/1000",
        cells: 24,
      },
    ),
];
