import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import { certain, type Lottery } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { listText } from "../json/list-text.js";
import { type Integer, short, times } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import {
  readWholeNumber,
  wholeNumberSchema,
  wholeNumbersText,
  wholeNumberText,
} from "../number/vector-file.js";
import { LotteryTable } from "../space/lottery-table.js";
import type { Rule } from "../space/rule.js";

/** A lottery as files have it. */
const lotterySchema = z
  .union([z.int(), z.array(z.tuple([z.int(), rationalSchema]))], {
    error: "expected an outcome, or a list of outcomes with probabilities",
  })
  .describe(
    "An outcome that is chosen for sure, or [outcome, probability] pairs. Outcomes by their place, from 0.",
  );

/** A lottery as files have it. */
type LotteryFile = z.output<typeof lotterySchema>;

const partSchema = z.strictObject({
  weight: rationalSchema,
  get rule(): typeof ruleSchema {
    return ruleSchema;
  },
});

const exceptSchema = z.strictObject({
  kind: z.literal("except"),
  get rule(): typeof ruleSchema {
    return ruleSchema;
  },
  lotteries: z
    .array(z.strictObject({ profile: z.int(), lottery: lotterySchema }))
    .describe("What is chosen at these profiles instead."),
});

/** An allocation rule as data; see `Rule`. */
export const ruleSchema: z.ZodType<RuleFile> = z
  .union([
    z.strictObject({ kind: z.literal("given") }),
    z.strictObject({ kind: z.literal("efficient"), ties: z.enum(["first", "last", "uniform"]) }),
    z.strictObject({
      kind: z.literal("priced"),
      among: z.enum(["efficient", "all"]),
      perOutcome: z.array(z.array(wholeNumberSchema)).describe("By agent: at type * outcomes + outcome."),
      perCost: wholeNumberSchema,
    }),
    z.strictObject({ kind: z.literal("mixture"), parts: z.array(partSchema) }),
    exceptSchema,
    z.strictObject({ kind: z.literal("table"), lotteries: z.array(lotterySchema) }),
  ])
  .describe("An allocation rule: what it is, not what it chooses at every profile.");

/** An allocation rule as files have it (docs/answer-format.md). */
export type RuleFile =
  | { kind: "given" }
  | { kind: "efficient"; ties: "first" | "last" | "uniform" }
  | {
      kind: "priced";
      among: "efficient" | "all";
      perOutcome: (number | string)[][];
      perCost: number | string;
    }
  | { kind: "mixture"; parts: { weight: Rational; rule: RuleFile }[] }
  | { kind: "except"; rule: RuleFile; lotteries: { profile: number; lottery: LotteryFile }[] }
  | { kind: "table"; lotteries: LotteryFile[] };

/** What a rule in a file is for. */
export interface RuleSetting {
  readonly environment: Environment;
  readonly hasGivenRule: boolean;
  /** Profiles, or orbits, that a table has a lottery for. */
  readonly places: number;
}

/** Throws InputError (`path…`) for a rule that does not fit. */
export function readRule(file: RuleFile, setting: RuleSetting, path: string): Rule {
  const { environment, hasGivenRule, places } = setting;
  const { outcomes, profiles } = environment;
  const lottery = (own: LotteryFile, where: string): Lottery => {
    const entries =
      typeof own === "number"
        ? certain(own)
        : own.map(([outcome, probability]) => ({ outcome, probability }));
    if (entries.length === 0) throw new InputError(where, "a lottery over nothing", "one outcome at least");
    for (const { outcome } of entries) {
      if (outcome < 0 || outcome >= outcomes.length)
        throw new InputError(where, `outcome ${outcome}`, `outcomes from 0 to ${outcomes.length - 1}`);
    }
    // An outcome that is never chosen is no part of a lottery, unless there is nothing else to tell of it.
    const chosen = entries.filter(({ probability }) => !probability.isZero);
    return chosen.length > 0 ? chosen : entries;
  };
  switch (file.kind) {
    case "given":
      if (!hasGivenRule) throw new InputError(path, "the given rule", "a rule that the instance has");
      return file;
    case "efficient":
      return file;
    case "priced": {
      const { among, perOutcome, perCost } = file;
      checkCount(perOutcome.length, profiles.agentCount, `${path}.perOutcome`, "lists");
      perOutcome.forEach((own, i) => {
        checkCount(own.length, profiles.sizes[i] * outcomes.length, `${path}.perOutcome[${i}]`, "prices");
      });
      // In the program costs are whole numbers over the money denominator, and prices are whole.
      const money = environment.moneyDenominator;
      const [whole, rest] = [BigInt(perCost) / money, BigInt(perCost) % money];
      const scale = short(rest === 0n ? 1n : money);
      return {
        kind: "priced",
        among,
        perOutcome: perOutcome.map((own) => own.map((price) => times(scale, readWholeNumber(price)))),
        perCost: rest === 0n ? short(whole) : readWholeNumber(perCost),
      };
    }
    case "mixture": {
      if (file.parts.length === 0) throw new InputError(`${path}.parts`, "no rules", "one at least");
      const total = Rational.sum(file.parts.map(({ weight }) => weight));
      if (!total.equals(Rational.ONE))
        throw new InputError(`${path}.parts`, `weights that sum to ${total}`, "weights that sum to 1");
      const read = file.parts.map(({ weight, rule }, k) => ({
        weight,
        rule: readRule(rule, setting, `${path}.parts[${k}].rule`),
      }));
      // What is never chosen is no part of the rule.
      const parts = read.filter(({ weight }) => !weight.isZero);
      return parts.length === 1 ? parts[0].rule : { kind: "mixture", parts };
    }
    case "except": {
      const lotteries = new Map<number, Lottery>();
      file.lotteries.forEach((own, k) => {
        const where = `${path}.lotteries[${k}]`;
        if (!(own.profile >= 0 && own.profile < profiles.count))
          throw new InputError(
            `${where}.profile`,
            String(own.profile),
            `a profile from 0 to ${profiles.count - 1}`,
          );
        lotteries.set(own.profile, lottery(own.lottery, `${where}.lottery`));
      });
      return { kind: "except", rule: readRule(file.rule, setting, `${path}.rule`), lotteries };
    }
    case "table":
      checkCount(file.lotteries.length, places, `${path}.lotteries`, "lotteries");
      return {
        kind: "table",
        lotteries: LotteryTable.from(file.lotteries.map((own, k) => lottery(own, `${path}.lotteries[${k}]`))),
      };
  }
}

function checkCount(found: number, expected: number, path: string, what: string): void {
  if (found !== expected) throw new InputError(path, `${found} ${what}`, `${expected}`);
}

/** A rule as a file has it. */
export function* ruleText(rule: Rule, environment: Environment, indent: string): Iterable<string> {
  const inner = `${indent}  `;
  switch (rule.kind) {
    case "given":
      yield '{ "kind": "given" }';
      return;
    case "efficient":
      yield `{ "kind": "efficient", "ties": "${rule.ties}" }`;
      return;
    case "priced":
      yield `{\n${inner}"kind": "priced",\n${inner}"among": "${rule.among}",\n${inner}"perOutcome": [`;
      for (const [i, own] of rule.perOutcome.entries()) {
        yield i > 0 ? ", " : "";
        yield* wholeNumbersText(
          Array.from(own, (price: Integer) => price),
          inner,
        );
      }
      yield `],\n${inner}"perCost": ${wholeNumberText(BigInt(rule.perCost) * environment.moneyDenominator)}\n${indent}}`;
      return;
    case "mixture":
      yield `{\n${inner}"kind": "mixture",\n${inner}"parts": [`;
      for (const [k, part] of rule.parts.entries()) {
        yield `${k > 0 ? ", " : ""}{ "weight": "${part.weight}", "rule": `;
        yield* ruleText(part.rule, environment, inner);
        yield " }";
      }
      yield `]\n${indent}}`;
      return;
    case "except":
      yield `{\n${inner}"kind": "except",\n${inner}"rule": `;
      yield* ruleText(rule.rule, environment, inner);
      yield `,\n${inner}"lotteries": `;
      yield* listText(exceptions(rule.lotteries), inner);
      yield `\n${indent}}`;
      return;
    case "table":
      yield `{\n${inner}"kind": "table",\n${inner}"lotteries": `;
      yield* listText(tableLotteries(rule.lotteries), inner);
      yield `\n${indent}}`;
  }
}

function* exceptions(lotteries: ReadonlyMap<number, Lottery>): Iterable<string> {
  for (const [profile, lottery] of lotteries)
    yield `{ "profile": ${profile}, "lottery": ${lotteryText(lottery)} }`;
}

function* tableLotteries(lotteries: Extract<Rule, { kind: "table" }>["lotteries"]): Iterable<string> {
  for (let place = 0; place < lotteries.length; place++) yield lotteryText(lotteries.at(place));
}

function lotteryText(lottery: Lottery): string {
  const [{ outcome, probability }] = lottery;
  if (lottery.length === 1 && probability.equals(Rational.ONE)) return String(outcome);
  return `[${lottery.map((entry) => `[${entry.outcome}, "${entry.probability}"]`).join(", ")}]`;
}
