import { countText, plural } from "../number/count-text.js";
import { Rational } from "../number/rational.js";
import type { Objective } from "../question/question.js";
import { type Family, families, type Place } from "../question/requirement.js";
import type { KnownNumber, ProofSum } from "./proof-sum.js";

/** What a list of numbers needs to know of its readers. */
export interface SumListing {
  /** Inequalities of a kind are added up without being listed where there are more. */
  readonly most: number;
  readonly outcomes: readonly string[];
  readonly objective: Objective;
  sentence(on: Family, place: Place): string;
  profileLabel(profile: number): string;
}

/** The numbers of a proof, each with where it comes from, and their sum. */
export function proofSumLines(
  { numbers, objective, total, chosen }: ProofSum,
  listing: SumListing,
): string[] {
  // Participation first: most proofs begin with it.
  const order: readonly Family[] = ["participation", ...families.filter((on) => on !== "participation")];
  const rows = order.flatMap((on) =>
    rowsOf(
      on,
      numbers.filter(({ requirement }) => requirement.family === on),
      listing,
    ),
  );
  if (objective) {
    const what =
      listing.objective === "max-gains"
        ? "the expected gains of what is chosen"
        : "the expected surplus, without payments: less the expected cost";
    rows.push(["1", `${objective}`, `${objective}`, what]);
  }
  const width = (k: number) => Math.max(...rows.map((row) => row[k].length), k === 2 ? `${total}`.length : 0);
  const [weights, amounts, products] = [width(0), width(1), width(2)];
  const line = ([weight, amount, product, what]: Row) =>
    `  ${weight.padStart(weights)} ${weight ? "x" : " "} ${amount.padStart(amounts)} = ${product.padStart(products)}  ${what}`;
  const before = weights + amounts + 5;
  return [
    ...rows.map(line),
    `  ${"".padStart(before)} ${"─".repeat(products)}`,
    `  ${"sum".padStart(before - 2)} = ${`${total}`.padStart(products)}`,
    ...chosenLines(chosen, listing),
  ];
}

/** So many are listed, whatever they are. */
const FEW = 12;

type Row = readonly [weight: string, amount: string, product: string, what: string];

function rowsOf(on: Family, numbers: readonly KnownNumber[], { most, sentence }: SumListing): Row[] {
  // Inequalities that are nothing but payments are many, and add nothing.
  const isNothing = numbers.length > FEW && numbers.every(({ parts }) => parts.length === 0);
  if (numbers.length > most || (isNothing && most !== Number.POSITIVE_INFINITY)) {
    const together = Rational.sum(numbers.map(({ product }) => product));
    const what = `${countText(numbers.length)} inequalities on ${KINDS[on]}, together (--all lists them)`;
    return [["", "", `${together}`, what]];
  }
  return numbers.map(({ place, weight, parts, product }) => {
    const amount = Rational.sum(parts.map(([, part]) => part));
    return [`${weight}`, `${amount}`, `${product}`, sentence(on, place) + origin(on, parts)];
  });
}

const KINDS: Record<Family, string> = {
  incentive: "incentives",
  participation: "participation",
  budget: "the budget",
  transfers: "payments to agents",
  cap: "caps on payments",
  "outside money": "outside money",
};

/** `: value 1/20, less value of the report 3/200` */
function origin(on: Family, parts: KnownNumber["parts"]): string {
  if (parts.length === 0) return "";
  const words = parts.map(([source, amount]) => {
    if (source === "value") return `value ${amount}`;
    if (source === "margin") return `${on === "cap" ? "cap" : "allowed gain"} ${amount}`;
    return `less ${source} ${amount.negate()}`;
  });
  return `: ${words.join(", ")}`;
}

function chosenLines(chosen: ProofSum["chosen"], { most, outcomes, profileLabel }: SumListing): string[] {
  if (chosen.size === 0) return [];
  const counts = new Map<number, number>();
  for (const outcome of chosen.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const parts = Array.from(counts, ([x, count]) => `${outcomes[x]} at ${plural(count, "profile")}`);
  const lines = [
    "",
    `Where the outcome is left open, the numbers are those of the one that makes the sum largest: ${parts.join(", ")}`,
  ];
  if (chosen.size > Math.min(most, FEW) && most !== Number.POSITIVE_INFINITY)
    return [...lines.slice(0, -1), `${lines.at(-1)} (--all lists them).`];
  return [
    ...lines.slice(0, -1),
    `${lines.at(-1)}.`,
    ...Array.from(chosen, ([s, x]) => `  ${outcomes[x]} at ${profileLabel(s)}`),
  ];
}
