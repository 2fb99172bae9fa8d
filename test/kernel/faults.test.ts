import { afterEach, expect, test, vi } from "vitest";
import type { Environment } from "../../src/environment/environment.js";
import type { FormulationName } from "../../src/formulation/formulation.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import type { Question } from "../../src/question/question.js";
import type { Exchangeability } from "../../src/space/exchangeability.js";

/**
 * The program with one fault put into one of its modules, from which everything else is loaded anew. No fault may lead to an
 * answer that is wrong: the kernel must say so, or the faulty part must not be believed.
 */
async function withFault<Module extends object>(path: string, fault: (real: Module) => Partial<Module>) {
  vi.resetModules();
  vi.doMock(path, async (importOriginal) => {
    const real = (await importOriginal()) as Module;
    return { ...real, ...fault(real) };
  });
  return fresh();
}

async function fresh() {
  // One after the other, so that every module is loaded with the fault.
  const { designFor } = await import("../../src/design.js");
  const { posed } = await import("../../src/question/problem.js");
  const { bilateralTrade, publicGood } = await import("../../models/index.js");
  const { Environment } = await import("../../src/environment/environment.js");
  const trade = (points: number) => bilateralTrade({ buyer: { points }, seller: { points } }).environment;
  const neighbours = (agents: number, change: Partial<Specification> = {}) => {
    const { environment } = publicGood({ agents, grid: { points: 3 }, cost: "3/2" });
    return new Environment({ ...environment.specification, ...change });
  };
  const solved = (environment: Environment, question: Partial<Question>, formulation?: FormulationName) =>
    designFor(posed(environment, question), { formulation });
  return { trade, neighbours, solved };
}

type Specification = Environment["specification"];

afterEach(() => {
  vi.doUnmock("../../src/space/exchangeability.js");
  vi.resetModules();
});

const BUG = /this is a bug/;

/** Neighbours who could be exchanged but for one of them. */
const different: readonly (readonly [
  what: string,
  change: (specification: Specification) => Partial<Specification>,
])[] = [
  [
    "outside option",
    ({ agents }) => ({
      agents: agents.map((agent, i) =>
        i === 3
          ? {
              ...agent,
              outsideOption: { shape: "constant", entries: RationalVector.from([Rational.of(3, 10)]) },
            }
          : agent,
      ),
    }),
  ],
  [
    "prior",
    ({ agents }) => {
      const likely = (i: number) => (i === 3 ? ["1/2", "1/4", "1/4"] : ["1/3", "1/3", "1/3"]);
      const marginals = agents.map((_, i) => RationalVector.from(likely(i).map((text) => fraction(text))));
      return { prior: { kind: "independent", marginals } };
    },
  ],
  [
    "values",
    ({ agents }) => ({
      agents: agents.map((agent, i) =>
        i === 3
          ? { ...agent, values: { ...agent.values, entries: agent.values.entries.plus(Rational.of(1, 7)) } }
          : agent,
      ),
    }),
  ],
];

function fraction(text: string): Rational {
  const [numerator, denominator] = text.split("/").map(Number);
  return Rational.of(numerator, denominator);
}

test.each(different)(
  "agents who differ in their %s are not taken for alike, whatever looks for an exchange says",
  async (_, change) => {
    const { neighbours, solved } = await withFault<typeof import("../../src/space/exchangeability.js")>(
      "../../src/space/exchangeability.js",
      () => ({
        exchangeability: ({ outcomes, agents }): Exchangeability => {
          const stay = Int32Array.from(outcomes, (_, x) => x);
          return { swaps: agents.slice(1).map(() => stay), outcomesStay: true };
        },
      }),
    );
    const { specification } = neighbours(4);
    await expect(solved(neighbours(4), {}, "exchangeable")).resolves.toMatchObject({ verdict: "impossible" });
    await expect(solved(neighbours(4, change(specification)), {}, "exchangeable")).rejects.toThrow(BUG);
  },
);

test("costs that exchanging agents changes are looked up in the tables", async () => {
  const { neighbours, solved } = await withFault<typeof import("../../src/space/exchangeability.js")>(
    "../../src/space/exchangeability.js",
    ({ exchangeability }) => ({
      exchangeability: (environment) =>
        exchangeability(environment) ?? {
          swaps: environment.agents.slice(1).map(() => Int32Array.of(0, 1)),
          outcomesStay: true,
        },
    }),
  );
  const plain = neighbours(3);
  const costs = Array.from({ length: plain.profiles.count }, (_, s) => [
    Rational.ZERO,
    Rational.of(s, 20),
  ]).flat();
  const costly = neighbours(3, { cost: { shape: "profile-outcome", entries: RationalVector.from(costs) } });
  await expect(solved(costly, {}, "exchangeable")).rejects.toThrow(BUG);
});

const forms = "../../src/mechanism/forms.js";
type Forms = typeof import("../../src/mechanism/forms.js");

test.each([
  ["insured", {}, "paths"],
  ["interimPaid", { budget: "ex-ante" }, "paths"],
  ["steadyGains", { ir: "ex-post", budget: "ex-ante" }, "paths"],
  ["insuredAlike", {}, "exchangeable"],
  ["interimPaidAlike", { budget: "ex-ante" }, "exchangeable"],
  ["steadyGainsAlike", { ir: "ex-post", budget: "ex-ante" }, "exchangeable"],
] as const)("a wrong formula of payments (%s) is no answer", async (name, question, formulation) => {
  // One of two agents' first type, or everybody's, pays a little more than it should.
  const { neighbours, solved } = await withFault<Forms>(forms, (real) => ({
    [name]: (...args: Parameters<Forms["insured"]>) => {
      const mechanism = (real[name] as Forms["insured"])(...args);
      const { payments, environment, given } = mechanism;
      const [first, ...rest] = payments;
      if (first.kind !== "sum") throw new Error("payments by type were expected");
      const [own, ...others] = first.byType;
      const numbers = own!.toRationals();
      const changed = RationalVector.from([numbers[0].add(Rational.of(1, 97)), ...numbers.slice(1)]);
      const Structured =
        mechanism.constructor as typeof import("../../src/mechanism/structured-mechanism.js").StructuredMechanism;
      return new Structured(
        environment,
        {
          ...mechanism,
          alike: mechanism.alike,
          rule: mechanism.rule,
          money: mechanism.money,
          payments: [{ ...first, byType: [changed, ...others] }, ...rest],
        },
        given,
      );
    },
  }));
  const design = await solved(neighbours(3), question, formulation);
  // What is at hand may answer instead, by another mechanism: the program without the fault has to verify it.
  vi.doUnmock(forms);
  vi.resetModules();
  const sound = await fresh();
  const environment = sound.neighbours(3);
  const right = await sound.solved(environment, question, formulation);
  if (design.optimum) expect(`${design.optimum}`).toBe(`${right.optimum}`);
  const { readAnswerFile } = await import("../../src/certificate/answer-file.js");
  const { verifyAnswer } = await import("../../src/kernel/verify.js");
  const digest = design.answerFile.instance.digest;
  expect(verifyAnswer(readAnswerFile(design.answerFile), { environment, digest })).toMatchObject({
    verified: true,
  });
});

test("a fault in what the kernel makes of a payment form is seen at profiles where the form is evaluated by its definition", async () => {
  const { trade, solved } = await fresh();
  const { Quantities } = await import("../../src/kernel/quantities.js");
  const real = Quantities.prototype.costs;
  vi.spyOn(Quantities.prototype, "payments").mockImplementation(function (
    this: InstanceType<typeof Quantities>,
    i,
  ) {
    return i === 0 ? this.outside(i) : real.call(this);
  });
  await expect(solved(trade(20), {}, "paths")).rejects.toThrow(BUG);
  vi.restoreAllMocks();
});

test("beliefs that are not those of the prior are seen in every pass", async () => {
  const { trade, solved } = await fresh();
  const { IndependentPrior } = await import("../../src/environment/prior.js");
  vi.spyOn(IndependentPrior.prototype, "belief").mockReturnValue(Rational.of(1, 21));
  await expect(solved(trade(20), {}, "paths")).rejects.toThrow(BUG);
  vi.restoreAllMocks();
});

test("profiles, or orbits, that are left out or counted twice are seen in every pass", async () => {
  for (const turns of [-1, 1]) {
    const { trade, neighbours, solved } = await fresh();
    const { Space } = await import("../../src/space/space.js");
    const prototype = Space.prototype as unknown as { advance(row: object, alike: boolean): boolean };
    const real = prototype.advance;
    let asked = 0;
    prototype.advance = function (row, alike) {
      asked++;
      // A row is skipped, or comes again.
      if (asked === 3 && turns > 0) return true;
      if (asked === 3) real.call(this, row, alike);
      return real.call(this, row, alike);
    };
    await expect(solved(trade(20), {}, "paths")).rejects.toThrow(BUG);
    asked = 0;
    await expect(solved(neighbours(4), {}, "exchangeable")).rejects.toThrow(BUG);
    prototype.advance = real;
  }
});

test("ties that are broken the wrong way round, or of which only the first is known, are seen", async () => {
  const ties = { ties: "first", objective: "max-surplus", balance: "no-deficit" } as const;
  const wrong = await withFault<typeof import("../../src/environment/efficiency.js")>(
    "../../src/environment/efficiency.js",
    ({ efficientOutcomes }) => ({ efficientOutcomes: (...args) => efficientOutcomes(...args).slice(0, 1) }),
  );
  await expect(wrong.solved(wrong.trade(20), ties, "paths")).rejects.toThrow(BUG);
  vi.doUnmock("../../src/environment/efficiency.js");
  const turned = await withFault<typeof import("../../src/environment/efficiency.js")>(
    "../../src/environment/efficiency.js",
    ({ efficientOutcomes }) => ({ efficientOutcomes: (...args) => efficientOutcomes(...args).reverse() }),
  );
  await expect(turned.solved(turned.trade(20), ties, "paths")).rejects.toThrow(BUG);
  vi.doUnmock("../../src/environment/efficiency.js");
});
