import { expect, test } from "vitest";
import { efficientOutcomes, gains } from "../../src/environment/efficiency.js";
import { Audit } from "../../src/kernel/audit.js";
import { findingByDefinition } from "../../src/kernel/by-definition.js";
import type { Finding } from "../../src/kernel/finding.js";
import { expectation } from "../../src/mechanism/interim.js";
import { Rational } from "../../src/number/rational.js";
import { requirements } from "../../src/question/requirement.js";
import { everyAnswer, randomProblem } from "./random-answers.js";
import { Tally } from "./tally.js";

const COUNT = Number(process.env["COUNT"] ?? 150);

const comparable = ({ holds, violation, requirements, binding }: Finding) =>
  `${holds} ${violation} ${requirements} ${holds ? binding : ""}`;

test(`the one pass finds of every mechanism what each requirement's definition finds (seeds 0 to ${COUNT - 1})`, async () => {
  const tally = new Tally();
  for (let seed = 0; seed < COUNT; seed++) {
    const problem = randomProblem(seed);
    const { environment, question } = problem;
    const all = Object.values(requirements);
    for await (const { mechanism, formulation } of everyAnswer(problem)) {
      if (!mechanism) continue;
      const label = `seed ${seed}, ${formulation}, ${JSON.stringify(question)}`;
      // With every requirement at once, and with each by itself, which lets alike agents stand for each other.
      const together = new Audit(mechanism, { requirements: all, question, expectations: true });
      for (const requirement of all) {
        const plain = comparable(findingByDefinition(environment, mechanism, requirement));
        const alone = new Audit(mechanism, { requirements: [requirement], question, expectations: false });
        expect(comparable(together.finding(requirement)), `${label}, ${requirement.name}`).toBe(plain);
        expect(comparable(alone.finding(requirement)), `${label}, ${requirement.name}`).toBe(plain);
        tally.tell(`${requirement.name} ${plain.startsWith("true") ? "holds" : "fails"}`);
      }
      const expected = (of: (s: number) => Rational) => `${expectation(environment, of)}`;
      const lottery = (s: number, of: (x: number) => Rational) =>
        Rational.sum(
          mechanism.lottery(s).map(({ outcome, probability }) => probability.multiply(of(outcome))),
        );
      expect(`${together.expectedSubsidy}`, label).toBe(expected((s) => mechanism.subsidy(s)));
      expect(`${together.expectedCost}`, label).toBe(
        expected((s) => lottery(s, (x) => environment.cost(x, s))),
      );
      expect(`${together.expectedGains}`, label).toBe(
        expected((s) => lottery(s, (x) => gains(environment, x, s))),
      );
      expect(`${together.expectedRevenue}`, label).toBe(
        expected((s) => Rational.sum(environment.agents.map((_, i) => mechanism.payment(i, s)))),
      );
      tally.tell(formulation);
      tally.tell(mechanism.alike ? "alike" : "one by one");
      tally.tell(`rule: ${mechanism.rule.kind}`);
      for (const { kind } of mechanism.payments) tally.tell(`payment: ${kind}`);
      tally.tell(`money: ${mechanism.money.kind}`);
      if (efficientOutcomes(environment, 0).length > 1) tally.tell("ties");
    }
  }
  console.log(`audits, seeds 0 to ${COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  for (const kind of ["sum", "menu", "table"]) expect(tally.of(`payment: ${kind}`), kind).toBeGreaterThan(0);
  for (const kind of ["constant", "missing", "table"])
    expect(tally.of(`money: ${kind}`), kind).toBeGreaterThan(0);
  for (const kind of ["efficient", "given", "table", "priced", "mixture"]) {
    expect(tally.of(`rule: ${kind}`), kind).toBeGreaterThan(0);
  }
  for (const name of Object.keys(requirements)) {
    expect(tally.of(`${name} holds`), name).toBeGreaterThan(0);
    // No formulation proposes to take money out.
    if (name !== "subsidy not negative") expect(tally.of(`${name} fails`), name).toBeGreaterThan(0);
  }
});
