import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import { certain, type Lottery } from "../environment/lottery.js";
import { InputError, shown } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import { Rational } from "../number/rational.js";
import { LotteryTable } from "../space/lottery-table.js";
import type { Rule, TieRule } from "../space/rule.js";
import { profileLevels, readNumber, readTable, type Written, writtenTableSchema } from "./written-table.js";

/** An allocation rule as people write it. */
export const writtenRuleSchema = z
  .union(
    [
      z
        .enum(["efficient", "given"])
        .describe("An outcome of the greatest welfare, or the instance's own rule."),
      z.strictObject({
        always: writtenTableSchema.describe(
          "The same outcome, or probabilities by outcome, at every profile.",
        ),
      }),
      z.strictObject({
        byProfile: writtenTableSchema.describe(
          "An outcome, or probabilities by outcome, at every profile: lists within lists, or objects by the types' labels, " +
            "one level for each agent.",
        ),
      }),
      z.array(writtenTableSchema).describe("The same, where the first level is a list."),
    ],
    {
      error:
        'expected "efficient", "given", {"always": an outcome}, or outcomes by the agents\' types, {"byProfile": ...}',
    },
  )
  .describe("What is chosen.");

export type WrittenRule = z.output<typeof writtenRuleSchema>;

/** Throws InputError (`rule…`) for a rule that does not fit; `ties` are for efficient ones. */
export function readWrittenRule(
  rule: WrittenRule,
  ties: TieRule | undefined,
  environment: Environment,
  hasGivenRule: boolean,
): Rule {
  if (ties !== undefined && rule !== "efficient")
    throw new InputError(
      "ties",
      `"${ties}" for a rule that leaves no ties`,
      'the rule "efficient", or no ties',
    );
  if (rule === "efficient") return { kind: "efficient", ties: ties ?? "first" };
  if (rule === "given") {
    if (!hasGivenRule) throw new InputError("rule", '"given"', "a rule that the instance has; it has none");
    return { kind: "given" };
  }
  const read = (entry: Written, path: string) => readLottery(entry, environment, path);
  const table = (written: Written, path: string): Rule => {
    const levels = profileLevels(environment);
    return { kind: "table", lotteries: LotteryTable.from(readTable(written, levels, read, path)) };
  };
  if (Array.isArray(rule)) return table(rule, "rule");
  if ("always" in rule) {
    const lottery = read(rule.always, "rule.always");
    return { kind: "table", lotteries: { length: environment.profiles.count, at: () => lottery } };
  }
  return table(rule.byProfile, "rule.byProfile");
}

/** An outcome, or probabilities by outcome. Throws InputError for unknown outcomes and for what is no lottery. */
function readLottery(written: Written, { outcomes }: Environment, path: string): Lottery {
  const outcomeOf = (label: string, where: string) => {
    const outcome = outcomes.indexOf(label);
    if (outcome < 0) throw unknownName(where, "outcome", label, outcomes);
    return outcome;
  };
  if (typeof written === "string" || typeof written === "number")
    return certain(outcomeOf(String(written), path));
  if (Array.isArray(written))
    throw new InputError(path, shown(written), "an outcome, or an object of probabilities by outcome");
  const lottery = Object.entries(written as Record<string, Written>).map(([label, chance]) => {
    const where = `${path}[${JSON.stringify(label)}]`;
    const outcome = outcomeOf(label, path);
    const probability = readNumber(chance, where);
    if (probability.sign < 0)
      throw new InputError(where, `the negative probability ${probability}`, "a number >= 0");
    return { outcome, probability };
  });
  const total = Rational.sum(lottery.map(({ probability }) => probability));
  if (!total.equals(Rational.ONE))
    throw new InputError(path, `probabilities that sum to ${total}`, "a sum of exactly 1");
  return lottery.filter(({ probability }) => !probability.isZero);
}
