import { compareContinuum } from "../comparison/compare-continuum.js";
import { findWindow } from "../comparison/window.js";
import { m3 } from "../construction/m3.js";
import { designFor } from "../design.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import { posed } from "../question/problem.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { enclosedTitle } from "./ke-enclosed.js";
import { divisions } from "./ke-families.js";
import { type Bracket, bracket } from "./printed.js";

const EX_POST = { ir: "ex-post" } as const;

const unit = (endowment: string, points = 4) => {
  const own = toRational(endowment);
  return example("fixed-endowment", {
    agents: 2,
    grid: { points },
    endowments: [`${own}`, `${Rational.ONE.subtract(own)}`],
  });
};

const proposition8: Claim = {
  id: "KE-P8",
  kinds: ["theorem"],
  place: "(11), Proposition 8",
  about: "endowments for which M3 is ex post individually rational",
  says: "With v = theta phi(x) there is an ex post socially efficient mechanism if an endowment x satisfies phi^-1[2 phi(1/2) - r^1(theta)/theta] >= x >= 1/2.",
  assumes: "Two agents, independent types of one distribution, phi rising and concave, a fixed total of 1.",
  readings: [
    "As printed, (11) asks for x >= 1/2 while 2 phi(1/2) - r^1/theta <= phi(1/2): no endowment satisfies it but x = 1/2 where r^1 = S/2.",
    "By the proof: S(theta, theta) - r^1(theta) >= u_1(theta) and r^1(theta) >= u_2(theta) for all theta, which is what Example 5 computes.",
    "The proof bounds what the first agent gets as the lower type and the second as the higher one, and not the other way round.",
  ],
  async test(trial) {
    await trial.instead.holds(
      "r^1 >= S(theta, theta)/2 above the lowest type, so that (11) as printed admits at most x = 1/2",
      divisions,
      (good) => {
        const { environment } = good;
        const mechanism = m3(good.ground());
        const { profiles } = environment;
        for (let type = 1; type < profiles.sizes[0]; type++) {
          const below = profiles.profileOf([type, type - 1]);
          const [{ outcome }] = mechanism.lottery(below);
          const lumpSum = environment.value(0, outcome, below).subtract(mechanism.payment(0, below));
          const tied = profiles.profileOf([type, type]);
          const [at] = mechanism.lottery(tied);
          const half = environment
            .value(0, at.outcome, tied)
            .add(environment.value(1, at.outcome, tied))
            .divide(Rational.of(2));
          if (lumpSum.compare(half) < 0)
            return `in which r^1 is ${lumpSum} and S/2 is ${half} at ${environment.typeLabel(0, type)}`;
        }
        return undefined;
      },
    );
    const asked = unit("227/500");
    const { verdict } = await trial.verdict(
      "by the proof's conditions, which the endowment 0.454 of Example 5 satisfies",
      "possible",
      asked,
      EX_POST,
      { continuous: true, cells: trial.quick ? 8 : 12 },
    );
    if (verdict === "impossible")
      trial.tell(
        "Proposition 8: since r^1 >= S(theta, theta)/2, (11) as printed is satisfied by no endowment but 1/2 at most. Read as in its proof and in Example 5 it fails: the two inequalities bound one agent as the lower type and the other as the higher, and either may be either. For endowments 0.454 and 0.546 no mechanism exists at all (KE-X5).",
      );
  },
};

/** A function that falls or rises, between its values at the ends. */
function through(of: (x: number) => number, { lower, upper }: Bracket): Bracket {
  const ends = [lower, upper].map((x) => of(x.toNumber())).toSorted((a, b) => a - b);
  return bracket(Rational.fromDouble(ends[0] - 1e-12), Rational.fromDouble(ends[1] + 1e-12));
}

const example5: Claim = {
  id: "KE-X5",
  kinds: ["figure"],
  place: "Example 5",
  about: "the window of endowments of one divisible unit",
  says: "Under M3 endowments x_i satisfy ex post individual rationality where 0.456 >= x_i >= 0.452.",
  assumes: "Example 4 with endowments that sum to 1, outside options theta (2x - x^2).",
  readings: [
    "The two printed ends, from the paper's two inequalities.",
    "The window of M3, and that of any ex post socially efficient mechanism.",
  ],
  async test(trial) {
    const { payoff } = enclosedTitle(
      example("fixed-endowment", { agents: 2, grid: { points: 4 } }),
      "lowest",
    );
    const lumpSum = payoff("1/100", "1");
    const run = unit("227/500").run("compare - m3 --continuum");
    trial.figure(
      "the upper end, 1 - sqrt(1 - (3/2 - r^1(1)))",
      "0.456",
      through((r) => 1 - Math.sqrt(r - 0.5), lumpSum),
      run,
    );
    trial.figure(
      "the lower end, sqrt(1 - r^1(1))",
      "0.452",
      through((r) => Math.sqrt(1 - r), lumpSum),
      run,
    );
    const { mechanisms } = compareContinuum(unit("227/500").instance.continuous!(), {}, ["m3"]);
    const finding = mechanisms[0].report.findings["ex post IR"];
    const witness = finding.holds === false ? finding.witness : undefined;
    const rational = trial.fact(
      "M3 is ex post individually rational at 0.454",
      finding.holds !== false,
      run,
      witness && [
        `${witness.agent} loses ${witness.violation.toNumber().toFixed(4)} at least at the types ${witness.types.map(({ type }) => type).join(" and ")}.`,
      ],
    );
    const cells = trial.quick ? 8 : 12;
    const asked = trial.quick ? ["227/500"] : ["113/250", "227/500", "57/125"];
    for (const endowment of asked)
      await trial.verdict(
        `an ex post socially efficient mechanism exists at ${toRational(endowment).toNumber()}, all types`,
        "possible",
        unit(endowment),
        EX_POST,
        { continuous: true, cells },
      );
    for (const [endowment, expected] of [
      ["119/250", "impossible"],
      ["12/25", "possible"],
      ["1/2", "possible"],
    ] as const)
      await trial.instead.verdict(
        `the true window, all types: at ${toRational(endowment).toNumber()}`,
        expected,
        unit(endowment),
        EX_POST,
        { continuous: true, cells: 24 },
      );
    for (const points of trial.grids([4, 6, 10], [4]))
      trial.shows(
        `the true window on ${points} types: between which endowments it opens, of those from 0 to 1/2`,
        await opening(unit("1/2", points)),
        unit("1/2", points).run(
          `window - -p endowments --along '["q","1-q"]' --from 0 --to 1/2 --within ${WITHIN}`,
          EX_POST,
        ),
      );
    for (const points of trial.grids([4, 6, 10], [4]))
      trial.shows(
        `the least outside money at 0.454 on ${points} types`,
        await leastMoney(unit("227/500", points)),
        unit("227/500", points).run("solve -", EX_POST),
      );
    if (!rational)
      trial.tell(
        "Example 5: the two ends are right for the two inequalities, but these bound the first agent as the lower type and the second as the higher one. Near types of 1 the winner is left 3/2 - (ln 4 + 1)/3 = 0.705, and whoever owns at least half could keep 3/4 or more, so that M3 is individually rational at no endowments. For 0.452, 0.454 and 0.456 no efficient mechanism is, as is proved; for equal endowments one exists.",
      );
  },
};

const WITHIN = "1/200";

/** Between which endowments, or at which, a mechanism that needs no outside money is found first. */
async function opening({ instance }: Example): Promise<Rational | Bracket> {
  const { runs } = await findWindow(instance, EX_POST, {
    parameter: "endowments",
    along: ["q", "1-q"],
    from: 0,
    to: "1/2",
    within: WITHIN,
  });
  const first = runs.findIndex(({ verdict }) => verdict === "possible");
  const { q } = runs[first].points[0];
  return first === 0 ? q : bracket(runs[first - 1].points.at(-1)!.q, q);
}

async function leastMoney({ environment }: Example): Promise<Rational | Bracket> {
  const { optimum, lower, upper } = await designFor(posed(environment, EX_POST, undefined));
  return optimum ?? bracket(lower!, upper!);
}

export const endowmentClaims: readonly Claim[] = [proposition8, example5];
