import { designContinuum } from "../continuum-library.js";
import { designFor } from "../design.js";
import type { Rational } from "../number/rational.js";
import { giveWay } from "../progress/give-way.js";
import type { Progress } from "../progress/progress.js";
import { inFull, posed } from "../question/problem.js";
import { type AskedQuestion, allowsSubsidy } from "../question/question.js";
import { verifyAnswer } from "../verify-data.js";
import type { Example } from "./example.js";
import type { Family } from "./family.js";
import type { Check } from "./finding.js";
import { gridLimit } from "./grid-limit.js";
import { agrees, bracket, computed, type Figure, type Printed, printedText } from "./printed.js";

/** What a test of a member returns where the statement says nothing about it. */
export const notApplying = Symbol("not applying");

/** What became of a member: undefined where the statement holds, else what fails. */
export type MemberResult = string | undefined | typeof notApplying;

export interface TrialOptions {
  /** The smallest grids, and few members of families. */
  readonly quick?: boolean;
  readonly progress?: Progress;
}

export interface FamilyOptions {
  /** Members to which the statement applies; 200 when absent. */
  readonly members?: number;
  /** Kinds of members of which there must be at least one: the sides of an equivalence. */
  readonly each?: readonly string[];
}

const MEMBERS = 200;
const QUICK_MEMBERS = 25;
/** So many seeds are drawn for a member at most. */
const MOST_DRAWN = 50;

/** Writes down what is tested of one claim, and what was found. */
export class Trial {
  readonly #checks: Check[];
  readonly #letter: string[];
  /** For the ledger's own statements: what is true instead, or besides. Where one fails, the ledger is at fault. */
  readonly instead: Trial;

  constructor(
    private readonly options: TrialOptions = {},
    private readonly by: Check["by"] = "paper",
    written: { checks: Check[]; letter: string[] } = { checks: [], letter: [] },
  ) {
    this.#checks = written.checks;
    this.#letter = written.letter;
    this.instead = by === "ledger" ? this : new Trial(options, "ledger", written);
  }

  get checks(): readonly Check[] {
    return this.#checks;
  }

  get letter(): readonly string[] {
    return this.#letter;
  }

  get quick(): boolean {
    return this.options.quick === true;
  }

  /** The grids of a test; fewer of them where it is to be quick: the first three if none are named. */
  grids(all: readonly number[], quick: readonly number[] = all.slice(0, 3)): readonly number[] {
    return this.quick ? quick : all;
  }

  /** A sentence to the paper's author, for the case that the claim is refuted. */
  tell(sentence: string): void {
    this.#letter.push(sentence);
  }

  /** A number that is printed, beside the one that `run` computes. */
  figure(what: string, printed: Printed, figure: Figure, run: string | readonly string[]): boolean {
    const same = agrees(printed, figure);
    this.write({ what, printed: printedText(printed), computed: computed(figure), runs: [run].flat() }, same);
    return same;
  }

  /** A number that is printed, beside the limit of what is computed on grids of so many points, on each by `command` where one does. */
  async limit(
    what: string,
    printed: Printed,
    points: readonly number[],
    exampleOn: (points: number) => Example,
    command: string | undefined,
    valueOn: (example: Example) => Rational | Promise<Rational>,
  ): Promise<boolean> {
    const limit = await gridLimit(points, (count) => valueOn(exampleOn(count)));
    const runs = command === undefined ? [] : points.map((count) => exampleOn(count).run(command));
    return this.figure(what, printed, limit, runs);
  }

  /** A number that nothing is printed beside. */
  shows(what: string, figure: Figure, run: string | readonly string[]): void {
    this.instead.write({ what, computed: computed(figure), runs: [run].flat() }, true);
  }

  /** Something about one instance that is so or not. */
  fact(
    what: string,
    isSo: boolean,
    run: string | readonly string[],
    evidence: readonly string[] = [],
  ): boolean {
    this.write({ what, runs: [run].flat(), ...(evidence.length > 0 && { evidence }) }, isSo);
    return isSo;
  }

  /**
   * That there is a mechanism of that kind, or none: asked of the design, whose answer file is verified as `mechlp verify` does. Returns
   * the answer. For continuous types a bracket may leave it open.
   */
  async verdict(
    what: string,
    expected: "possible" | "impossible",
    asked: Example,
    question: AskedQuestion = {},
    { continuous = false, cells, width }: { continuous?: boolean; cells?: number; width?: string } = {},
  ) {
    const { instance } = asked;
    const { progress } = this.options;
    const answer = continuous
      ? await designContinuum(instance, question, {
          ...(cells !== undefined && { cells }),
          ...(width !== undefined && { width }),
          ...(progress && { progress }),
        })
      : await designFor(posed(instance.environment, question, instance.givenRule), {
          ...(progress && { progress }),
        });
    const { verdict, optimum, lower, upper } = answer;
    const subject = continuous ? { environment: instance.continuous!() } : instance;
    const verification = verifyAnswer(JSON.parse(JSON.stringify(answer.answerFile)), subject);
    if (!verification.verified) throw new Error(`${what}: the answer is not verified: ${verification.fault}`);
    const flags = [
      ...(continuous ? [" --continuum"] : []),
      ...(cells === undefined ? [] : [` --cells ${cells}`]),
      ...(width === undefined ? [] : [` --width ${width}`]),
    ].join("");
    const isAboutMoney = allowsSubsidy(inFull(question));
    const money = isAboutMoney
      ? (optimum ?? (lower && upper ? bracket(lower, upper) : undefined))
      : undefined;
    this.push({
      what,
      result: verdict === "undecided" ? "open" : verdict === expected ? "agrees" : "differs",
      printed: expected,
      computed: { kind: "words", text: verdict },
      evidence: [
        ...(money ? [`Proved: the least outside money is ${numberText(money)}, in expectation.`] : []),
        "The answer's file was verified.",
      ],
      runs: [asked.run(`solve -${flags}`, question)],
    });
    return answer;
  }

  /**
   * A statement about all members of a class, tried on many. Each is tested by `test`, which counts kinds of members as it goes. A member
   * of which it fails is shrunk, and written down. Throws where too few members are of the class, or of a kind that must be there.
   */
  async holds<Member>(
    what: string,
    family: Family<Member>,
    test: (member: Member, count: (kind: string) => void) => MemberResult | Promise<MemberResult>,
    { members = MEMBERS, each = [] }: FamilyOptions = {},
  ): Promise<boolean> {
    const wanted = this.quick ? Math.min(members, QUICK_MEMBERS) : members;
    const counts: Record<string, number> = Object.fromEntries(each.map((kind) => [kind, 0]));
    const missing = () => each.filter((kind) => counts[kind] === 0);
    let applied = 0;
    let seed = 0;
    let failing: { member: Member; fails: string } | undefined;
    for (; !failing && (applied < wanted || missing().length > 0); seed++) {
      if (seed >= MOST_DRAWN * wanted)
        throw new Error(
          `${what}: ${applied} members among ${seed}, none of ${missing().join(", ") || "them enough"}`,
        );
      const member = family.member(seed);
      if (member === undefined) continue;
      const found: string[] = [];
      const result = await test(member, (kind) => found.push(kind));
      if (result === notApplying) continue;
      applied++;
      for (const kind of new Set(found)) counts[kind] = (counts[kind] ?? 0) + 1;
      if (result !== undefined) failing = { member, fails: result };
      this.options.progress?.done(applied, `members of ${wanted}`);
      await giveWay();
    }
    const tried = { family: family.about, members: applied, seeds: [0, seed - 1] as const, counts };
    const least = failing && (await shrunk(family, failing, test));
    const evidence = least && [`It fails for one ${least.fails}`, ...family.shown(least.member)];
    this.write({ what, tried, runs: [], ...(evidence && { evidence }) }, !failing);
    return !failing;
  }

  private write(check: Omit<Check, "by" | "result">, isSo: boolean): void {
    this.push({ ...check, result: isSo ? "agrees" : "differs" });
  }

  private push(check: Omit<Check, "by">): void {
    this.#checks.push({ ...check, by: this.by });
  }
}

function numberText(figure: Figure): string {
  return "kind" in figure && figure.kind === "bracket"
    ? `at least ${figure.lower} and at most ${figure.upper}`
    : `${figure}`;
}

/** The smallest member that is found to fail, by leaving out more and more. */
async function shrunk<Member>(
  family: Family<Member>,
  failing: { readonly member: Member; readonly fails: string },
  test: (member: Member, count: (kind: string) => void) => MemberResult | Promise<MemberResult>,
): Promise<{ readonly member: Member; readonly fails: string }> {
  for (const member of family.smaller?.(failing.member) ?? []) {
    const fails = await test(member, () => {});
    if (typeof fails === "string") return shrunk(family, { member, fails }, test);
  }
  return failing;
}
