import type { AnswerFile } from "../certificate/answer-file.js";
import { COLUMNS, type MultipliersFile } from "../certificate/multipliers-file.js";
import { ProfileSpace } from "../environment/profile-space.js";
import { InputError } from "../fault/input-error.js";
import { Rational } from "../number/rational.js";
import { parseRational, rationalOfDecimal } from "../number/rational-text.js";
import type { VectorFile } from "../number/vector-file.js";
import { allowsSubsidy, isMaximised, type Question } from "../question/question.js";
import {
  concerns,
  type Family,
  families,
  type Labels,
  type Place,
  type Requirement,
  type When,
} from "../question/requirement.js";
import { requirementsOf } from "../question/requirements.js";
import { type MisreportCycle, misreportCycles } from "./misreport-cycles.js";
import { numberText } from "./number-text.js";
import type { ProofSum } from "./proof-sum.js";
import { proofSumLines } from "./proof-sum-text.js";
import { questionText } from "./question-text.js";
import { plain, type Style } from "./style.js";
import { verdictText } from "./verdict-text.js";

/** How much is told of a proof, and how it looks. */
export interface ExplanationOptions {
  /** Lists of inequalities are cut after this many entries; not at all when absent. */
  readonly most?: number;
  readonly style?: Style;
  /** How many profiles of a mechanism that is a table were read. */
  readonly rows?: number;
  /** Of an answer that is verified: the numbers that the proof adds up, which need the instance; or that there are too many of them. */
  readonly sum?: ProofSum | "too long";
}

/** The proof in an answer file as text that a referee can follow with pencil and paper. */
export function explanationText(answer: AnswerFile, options: ExplanationOptions = {}): string {
  const { style = plain } = options;
  const { claim, question, multipliers, instance } = answer;
  const bounds = { lower: claim.lower ?? undefined, upper: claim.upper ?? undefined };
  const optimum = bounds.lower && bounds.upper?.equals(bounds.lower) ? bounds.lower : undefined;
  const contradiction = claim.contradiction ?? undefined;
  const isVerified = options.sum !== undefined;
  const { word, sentence } = verdictText(question, {
    ...claim,
    ...bounds,
    contradiction,
    optimum,
    findings: [],
  });
  return [
    style.bold(`${instance.name}`),
    "",
    ...questionText(question),
    "",
    isVerified
      ? answer.mechanism || multipliers
        ? "Verified against the instance:"
        : "The answer has no proof, and claims nothing that needs one:"
      : "Not verified: what follows is what the file claims. `mechlp explain INSTANCE ANSWER` verifies it first.",
    `${style.bold(word)}: ${sentence}`,
    "",
    ...attainedLines(answer, options.rows, isVerified),
    ...(multipliers ? boundLines(answer, multipliers, options) : []),
    ...(isVerified || !multipliers ? [] : ["", "All of this as the file has it, and not verified."]),
    "",
  ].join("\n");
}

function attainedLines(
  { mechanism, claim, question }: AnswerFile,
  rows: number | undefined,
  isVerified: boolean,
): string[] {
  if (!mechanism) return [];
  const attained = isMaximised(question) ? claim.lower : claim.upper;
  const value = attained ? attainedText(question, numberText(attained), attained.isZero) : "";
  const count = "profiles" in mechanism ? (rows ?? mechanism.profiles.length) : undefined;
  const how = count === undefined ? "told by what determines it" : `written out at ${count} profiles`;
  const does = isVerified ? "meets" : "is said to meet";
  return [`The mechanism in the answer, ${how}, ${does} every requirement exactly${value}.`, ""];
}

function attainedText(question: Question, figure: string, isZero: boolean): string {
  if (question.objective === "max-surplus") return `, with an expected surplus of ${figure}`;
  if (question.objective === "max-gains") return `, with expected gains of ${figure}`;
  if (!allowsSubsidy(question)) return "";
  if (isZero && question.objective === "min-subsidy") return ", with no outside money in expectation";
  if (isZero) return ", without outside money";
  return question.objective === "min-subsidy"
    ? `, with ${figure} of outside money in expectation`
    : `, with at most ${figure} of outside money at any profile`;
}

type Block = MultipliersFile["prices"][number];

/** A price in a list, by its places. */
interface Entry extends Place {
  readonly weight: Rational;
}

function noPlace(what: string): InputError {
  return new InputError("multipliers.prices", what, "places of agents and types that the file names");
}

/** The prices of an answer, and the labels that their places stand for. */
class Words implements Labels {
  readonly agents: Labels["agents"];
  readonly profiles: ProfileSpace;
  private readonly requirements: readonly Requirement[];

  constructor(
    private readonly answer: AnswerFile,
    private readonly multipliers: MultipliersFile,
  ) {
    this.agents = answer.instance.agents;
    this.profiles = new ProfileSpace(answer.instance.agents.map(({ types }) => types.length));
    this.requirements = requirementsOf(answer.question, this);
    for (const block of multipliers.prices)
      if (block.kind === "list") entriesOf(block).forEach(this.checkPlaces);
  }

  /** Throws InputError for a price on an agent, a type or a profile that the file does not name. */
  private readonly checkPlaces = ({ agent, type, report, profile, reported }: Entry): void => {
    const { name, types } = this.agentAt(agent ?? 0);
    for (const own of [type, report])
      if (own !== undefined && !(own < types.length)) throw noPlace(`type ${own} of ${name}`);
    for (const s of [profile, reported])
      if (s !== undefined && !(s < this.profiles.count)) throw noPlace(`profile ${s}`);
  };

  typeLabel(agent: number, type: number): string {
    return this.answer.instance.agents[agent].types[type];
  }

  profileLabel(profile: number): string {
    return this.profiles
      .typesOf(profile)
      .map((type, i) => `${this.who(i)} ${this.typeLabel(i, type)}`)
      .join(", ");
  }

  /** What is listed on a requirement. */
  listed(on: Family): Entry[] {
    return this.multipliers.prices.flatMap((block) =>
      block.kind === "list" && block.on === on ? entriesOf(block) : [],
    );
  }

  /** Everything that is not listed one by one. */
  get blocks(): Exclude<Block, { kind: "list" }>[] {
    return this.multipliers.prices.flatMap((block) => (block.kind === "list" ? [] : [block]));
  }

  private requirement(on: Family, agent: number | undefined): Requirement | undefined {
    return this.requirements.find(
      (one) => one.family === on && (agent === undefined || concerns(one, agent)),
    );
  }

  who(agent: number | undefined): string {
    return agent === undefined ? "every agent" : this.agentAt(agent).name;
  }

  private agentAt(agent: number) {
    const found = this.answer.instance.agents[agent];
    if (!found) throw noPlace(`agent ${agent}`);
    return found;
  }

  /** All types of a profile but the agent's. */
  others(agent: number, profile: number): string {
    const types = this.profiles.typesOf(profile);
    return types.flatMap((type, i) => (i === agent ? [] : [this.typeLabel(i, type)])).join(", ");
  }

  /** An inequality in a sentence. */
  sentence(on: Family, place: Place): string {
    const { agent, type, profile, reported } = place;
    const requirement = this.requirement(on, agent);
    if (!requirement) return `${on}, of which nothing is required`;
    const clause = requirement.clause(this, place);
    if (profile !== undefined) {
      const told = reported === undefined ? "" : ` when the reports are ${this.profileLabel(reported)}`;
      return `${clause} at ${this.profileLabel(profile)}${told}`;
    }
    const level: When = type === undefined ? "ex ante" : "interim";
    if (requirement.of === "designer") {
      return requirement.when === level
        ? `${clause} in expectation`
        : `${clause} at every profile, weighted with its probability`;
    }
    return requirement.when === level ? clause : `${clause}, in expectation`;
  }

  /** Prices at many profiles of one requirement. */
  summary(on: Family, entries: readonly Entry[]): string[] {
    const clause = this.requirement(on, undefined)?.clause(this, {}) ?? on;
    return weightsText(
      entries.map(({ weight }) => weight),
      clause,
      "profiles",
    );
  }

  /** Of a block that is not listed one by one. */
  together(block: Exclude<Block, { kind: "list" }>): string[] {
    const places = this.multipliers.alike ? "multisets of types" : "profiles";
    switch (block.kind) {
      case "ranges": {
        const count = block.ranges.reduce((total, [from, to]) => total + to - from, 0);
        const clause = this.requirement(block.on, undefined)?.clause(this, {}) ?? block.on;
        return [
          `${weight(block.weight)} x  ${clause}, at ${count} profiles, each weighted with its probability`,
        ];
      }
      case "profiles": {
        const { on, agent } = block;
        const clause = this.requirement(on, agent)?.clause(this, agent === undefined ? {} : { agent }) ?? on;
        return weightsText(rationals(block.weights), clause, places);
      }
      case "paths": {
        const none = "".padStart(8);
        return [
          `${none}    at every profile no type gains by the report that the paths in the answer file name, or loses by taking`,
          `${none}    part where they end, with the weights that make payments cancel`,
        ];
      }
    }
  }
}

function entriesOf({ columns, entries }: Extract<Block, { kind: "list" }>): Entry[] {
  return entries.map((entry) => {
    const last = entry[columns.length];
    const weight =
      (typeof last === "number" ? rationalOfDecimal(last) : parseRational(last)) ?? Rational.ZERO;
    const places = COLUMNS.filter((column) => columns.includes(column)).map((column) => {
      return [column, Number(entry[columns.indexOf(column)])] as const;
    });
    return { ...Object.fromEntries(places), weight };
  });
}

function rationals({ over, entries }: VectorFile): Rational[] {
  return entries.map((entry) => Rational.of(BigInt(entry), BigInt(over)));
}

function weightsText(weights: readonly Rational[], what: string, places: string): string[] {
  const used = weights.filter((weight) => !weight.isZero);
  if (used.length === 0) return [];
  const least = used.reduce(Rational.minimum);
  const greatest = used.reduce(Rational.maximum);
  const range = least.equals(greatest) ? `${least}` : `from ${least} to ${greatest}`;
  return [
    `${"".padStart(8)}    ${what}, at ${used.length} ${places}, with weights ${range} (all in the answer file)`,
  ];
}

const WHY_NONE = {
  infeasibility: "Why there is no such mechanism",
  money: "Why there is no such mechanism without outside money",
};

function boundLines(
  told: AnswerFile,
  multipliers: MultipliersFile,
  { most = Number.POSITIVE_INFINITY, style = plain, sum }: ExplanationOptions,
): string[] {
  // What is proved of mechanisms without outside money is told of the question that allows none.
  const answer: AnswerFile =
    multipliers.purpose === "money"
      ? { ...told, question: { ...told.question, objective: "feasibility" } }
      : told;
  const { question, claim } = answer;
  const isBound = multipliers.purpose === "bound";
  if (isBound && !isMaximised(question) && !(claim.lower && claim.lower.sign > 0))
    return nothingBelowZero(answer);
  if (isBound && question.objective === "max-gains" && multipliers.prices.length === 0)
    return [
      style.bold(boundHeading(answer)),
      "At no profile are gains larger than those of the allowed outcome that is worth most, and in expectation",
      `these are ${claim.upper ? numberText(claim.upper) : "the bound"}.`,
    ];
  const without = multipliers.purpose === "money" ? " without outside money" : "";
  const taken = `Take any mechanism that meets the requirements${without}`;
  const words = new Words(answer, multipliers);
  const cycles = implementabilityCycles(words, multipliers);
  const isCycle = cycles !== undefined && cycles.length > 0;
  const isListed = sum !== undefined && sum !== "too long";
  if (isCycle && !isListed) return cycleLines(cycles, answer, most);
  return [
    ...(isCycle ? [...cycleLines(cycles, answer, most), ""] : []),
    style.bold(multipliers.purpose === "bound" ? boundHeading(answer) : WHY_NONE[multipliers.purpose]),
    ...(isListed
      ? [
          `${taken}, multiply each of these inequalities by its weight, and add them up. Every`,
          `agent's payment at every profile cancels from the sum. What else there is of each${allowsSubsidy(question) ? ", but for outside money," : ""} is a number:`,
          "",
          ...proofSumLines(sum, {
            most,
            outcomes: answer.instance.outcomes,
            objective: question.objective,
            sentence: (on, place) => words.sentence(on, place),
            profileLabel: (s) => words.profileLabel(s),
          }),
        ]
      : [
          `${taken}, multiply these of its inequalities by the weights, and add them up:`,
          "",
          ...inequalityLines(words, most),
          "",
          "Every agent's payment at every profile cancels from the sum. What remains are the values of the allowed outcomes",
          `${allocationClause(answer)}, costs, outside options and what else is known beforehand;`,
          sum === undefined
            ? "`mechlp explain INSTANCE ANSWER` lists these numbers. They add up to the figure below."
            : "these are too many numbers to be listed. `mechlp verify` adds them up to the figure below.",
        ]),
    "",
    ...conclusionLines(answer).map((line) => `  ${line}`),
  ];
}

function boundHeading({ claim: { lower, upper } }: AnswerFile): string {
  return lower && upper?.equals(lower)
    ? "Why no mechanism does better"
    : "What no mechanism does better than";
}

/** Where nothing more is proved than that outside money is not negative. */
function nothingBelowZero({ question, claim }: AnswerFile): string[] {
  if (!allowsSubsidy(question)) return [];
  return claim.upper?.isZero
    ? ["No mechanism does better, for outside money is never negative."]
    : ["Of the least amount no more is proved than that outside money is never negative."];
}

function inequalityLines(words: Words, most: number): string[] {
  // Participation first: most proofs begin with it.
  const order: readonly Family[] = ["participation", ...families.filter((on) => on !== "participation")];
  const lines = (on: Family) => {
    const all = words.listed(on);
    // The designer's requirement at every profile is told in a line.
    const isTogether = ({ agent, profile }: Entry) => agent === undefined && profile !== undefined;
    const single = all.filter((entry) => !isTogether(entry));
    return [
      ...cut(single, most, (entry) => `${weight(entry.weight)} x  ${words.sentence(on, entry)}`),
      ...words.summary(on, all.filter(isTogether)).map((line) => `  ${line}`),
    ];
  };
  return [
    ...order.flatMap(lines),
    ...words.blocks.flatMap((block) => words.together(block)).map((line) => `  ${line}`),
  ];
}

/** Cycles of misreports, where incentive constraints alone make the contradiction. */
function implementabilityCycles(
  words: Words,
  { purpose }: MultipliersFile,
): { who: string; cycles: MisreportCycle[] }[] | undefined {
  if (purpose === "bound" || words.blocks.length > 0) return undefined;
  if (families.some((on) => on !== "incentive" && words.listed(on).length > 0)) return undefined;
  const groups = new Map<string, { from: string; to: string; weight: Rational }[]>();
  for (const { agent, type, report, profile, reported, weight } of words.listed("incentive")) {
    // Where others' types are fixed, the agent's own type is the only thing that differs along a cycle.
    if (reported !== undefined) return undefined;
    const others =
      profile === undefined || words.agents.length === 1
        ? ""
        : `, when the others are ${words.others(agent!, profile)}`;
    const who = words.who(agent) + others;
    const [from, to] = [type, report].map((place) => words.typeLabel(agent ?? 0, place!));
    const arc = { from, to, weight };
    groups.set(who, [...(groups.get(who) ?? []), arc]);
  }
  const result = [...groups].map(([who, arcs]) => ({ who, cycles: misreportCycles(arcs) }));
  return result.every((group) => group.cycles !== undefined)
    ? result.map(({ who, cycles }) => ({ who, cycles: cycles! }))
    : undefined;
}

function cycleLines(
  groups: readonly { who: string; cycles: MisreportCycle[] }[],
  { claim: { contradiction }, question }: AnswerFile,
  most: number,
): string[] {
  const all = groups.flatMap(({ cycles }) => cycles);
  const slack = question.parameters?.["icSlack"];
  const gain = slack === undefined ? "total gain" : "total gain beyond what is allowed";
  const total =
    contradiction && all.length === 1
      ? `${gain} ${contradiction.divide(all[0].weight)}`
      : `${gain} with these weights ${contradiction}`;
  const lines = groups.flatMap(({ who, cycles }) =>
    cycles.map(({ types, weight: size }) => {
      const steps = types.map((type, k) => `${type} would report ${types[(k + 1) % types.length]}`);
      return `${who}: ${steps.join(", ")}${all.length > 1 ? ` (weight ${size})` : `, ${total}`}`;
    }),
  );
  return [
    "The allocation cannot be made incentive compatible, whatever the payments: around a cycle of misreports payments cancel,",
    slack === undefined
      ? "and the types together would gain, so that at least one of them does:"
      : `and the types together would gain more than ${slack} each, so that at least one of them does:`,
    "",
    ...cut(lines, most, (line) => line),
    ...(all.length > 1 ? ["", `  ${total}`] : []),
  ];
}

/** A line for each entry, up to `most` of them. */
function cut<Item>(items: readonly Item[], most: number, text: (item: Item) => string): string[] {
  const shown = items.slice(0, most).map((item) => `  ${text(item)}`);
  const left = items.length - shown.length;
  return left > 0 ? [...shown, `  … and ${left} more (--all shows them)`] : shown;
}

function weight(value: Rational): string {
  return value.toString().padStart(8);
}

function allocationClause({ question }: AnswerFile): string {
  if (question.allocation === "given") return "(those of the given rule)";
  if (question.allocation === "free") return "(at each profile the one that counts most in the sum)";
  return question.ties === "optimise"
    ? "(among equally efficient ones, the one that counts most in the sum)"
    : "(the efficient ones)";
}

/** What the sum says of every mechanism that meets the requirements. */
function conclusionLines({ claim, question, multipliers }: AnswerFile): string[] {
  const none = "So no mechanism meets these requirements.";
  if (multipliers && multipliers.purpose !== "bound") {
    const total = claim.contradiction ? `${claim.contradiction.negate()}` : "a negative number";
    const money = allowsSubsidy(question) ? ", and outside money adds nothing to the sum" : "";
    const found = multipliers.purpose === "money" ? "So every such mechanism needs outside money." : none;
    return [`0 <= ${total}, which it is not${money}. ${found}`];
  }
  const bound = isMaximised(question) ? claim.upper : claim.lower;
  if (!bound) return ["No bound follows."];
  const figure = numberText(bound);
  switch (question.objective) {
    case "max-surplus":
      return [
        `expected surplus <= ${bound}`,
        `So no such mechanism has an expected surplus above ${figure}.`,
      ];
    case "max-gains":
      return [`expected gains <= ${bound}`, `So no such mechanism has expected gains above ${figure}.`];
    default: {
      // Without outside money the objective is always zero, and a bound above it is a contradiction.
      if (!allowsSubsidy(question)) return [`0 <= ${bound.negate()}, which it is not. ${none}`];
      const isWorst = question.objective === "min-worst-subsidy";
      return [
        `0 <= ${bound.negate()} + outside money, of which there is no more in the sum than ${isWorst ? "its largest amount" : "its expectation"}`,
        `So every such mechanism needs at least ${figure} of outside money ${isWorst ? "at some profile" : "in expectation"}.`,
      ];
    }
  }
}
