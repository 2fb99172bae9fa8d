import type { ContinuousEnvironment, ContinuousOutcome } from "../../environment/continuous-environment.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import { bestOutcomes } from "./best-outcomes.js";
import { bindingEnd } from "./binding-end.js";
import { type Checkpoint, checkpoints, type Mesh, meshOf } from "./mesh.js";
import type { Price } from "./price.js";
import { deviations, excess, ironed, levelled, virtualCells } from "./virtual-values.js";

/** What is maximised and what binds, where every requirement is one in expectation. */
export interface ExpectedProgram {
  /** 1 where what outcomes are worth is maximised, 0 where it is what is left of payments. */
  readonly value: Rational;
  /** Whether expected payments must cover the expected cost; with `value` 0 it changes nothing but feasibility. */
  readonly budgeted: boolean;
  readonly participation: "none" | "ex-ante" | "interim";
}

/** A rule that is constant on products of cells, as far as the objective and the requirements can tell. */
export interface CellRule {
  /** The expectation of what outcomes are worth to all, less their cost. */
  readonly welfare: Rational;
  /** `slopes[i][a]`: the expected slope of agent `i`'s value where its type lies in its cell `a`. */
  readonly slopes: readonly (readonly Rational[])[];
}

/** For each outcome the agents to whom its worth depends on their type. */
export function concernedBy(outcomes: readonly ContinuousOutcome[]): number[][] {
  return outcomes.map(({ slopes }) => slopes.flatMap((slope, i) => (slope.isZero ? [] : [i])));
}

/** Whether agents have the same types and outside options, and every outcome the same slope for all. */
export function areAlike({ agents, outcomes = [] }: ContinuousEnvironment): boolean {
  const [first, ...others] = agents.map(({ name: _, ...agent }) => JSON.stringify(agent));
  return (
    others.every((agent) => agent === first) &&
    outcomes.every(({ slopes }) => slopes.every((slope) => slope.equals(slopes[0])))
  );
}

export function expectedProgram({ objective, budget, ir }: Question): ExpectedProgram {
  const gains = objective === "max-gains";
  const participation = ir === "ex-post" ? "interim" : ir;
  // Where only what outcomes are worth counts, whom to pay is free without a budget, and free of care without participation.
  const budgeted = gains && budget !== "none" && ir !== "none";
  return {
    value: gains ? Rational.ONE : Rational.ZERO,
    budgeted,
    participation: gains && !budgeted ? "none" : participation,
  };
}

/** An environment cut into cells, with what no rule changes. */
export class CellEnvironment {
  readonly meshes: readonly Mesh[];
  readonly checkpoints: readonly (readonly Checkpoint[])[];
  /** `rents[i][a]`: the integral of `1 - F_i` over the cell, which is what a unit of slope there leaves to the agent. */
  private readonly rents: readonly (readonly Rational[])[];
  readonly outcomes;
  /** The outside options' expected sum, and each. */
  readonly outside: readonly Rational[];
  /** Where participation binds whatever is chosen. */
  readonly ends: readonly (Rational | undefined)[];
  private readonly range: readonly (readonly [Rational, Rational])[];

  constructor(
    readonly environment: ContinuousEnvironment,
    cells: number,
  ) {
    this.outcomes = environment.outcomes ?? [];
    this.meshes = environment.agents.map((agent) => meshOf(agent, cells));
    this.checkpoints = this.meshes.map(checkpoints);
    this.rents = this.meshes.map(({ cells }) =>
      cells.map(({ from, to, distribution }) => Polynomial.ONE.minus(distribution).integral(from, to)),
    );
    this.outside = this.meshes.map(({ cells }) => Rational.sum(cells.map((cell) => cell.outsideMoment)));
    this.ends = environment.agents.map((_, i) => bindingEnd(environment, i));
    this.range = this.meshes.map((_, i) => {
      const slopes = this.outcomes.map((outcome) => outcome.slopes[i]);
      return [slopes.reduce(Rational.minimum), slopes.reduce(Rational.maximum)];
    });
  }

  /**
   * The rule that maximises virtual surplus at a price, and what the price proves of all mechanisms. With `levels` virtual values
   * need not rise, and the rule may be no mechanism: then only the bound is of use.
   */
  atPrice(
    program: ExpectedProgram,
    price: Price,
    levels?: readonly Rational[],
  ): { rule: CellRule; bound: Rational } {
    const { meshes, outcomes } = this;
    const { value, participation } = program;
    const { money } = price;
    const virtual = this.virtual(program, price);
    const plain = this.virtualValues(program, price);
    const scores = levels ? meshes.map((mesh, i) => levelled(mesh, virtual[i], plain[i], levels[i])) : plain;
    const fixed = outcomes.map(({ constants, cost }) => Rational.sum(constants).subtract(cost));
    const chosen = bestOutcomes({
      masses: meshes.map(({ cells }) => cells.map(({ mass }) => mass)),
      terms: scores.map((list, i) =>
        list.map((score) => outcomes.map(({ slopes }) => slopes[i].multiply(score))),
      ),
      constants: fixed.map((number) => number.multiply(value.add(money))),
      concerned: concernedBy(outcomes),
    });
    const slopes = chosen.chance.map((cells, i) =>
      cells.map((chances) =>
        Rational.sum(chances.map((chance, x) => chance.multiply(outcomes[x].slopes[i]))),
      ),
    );
    const worth = [
      ...chosen.overall.map((chance, x) => chance.multiply(fixed[x])),
      ...slopes.flatMap((list, i) => list.map((slope, a) => slope.multiply(meshes[i].cells[a].moment))),
    ];
    const waived = meshes.map((_, i) => {
      if (participation !== "interim") return money.multiply(this.outside[i]);
      const { outsideOption } = this.environment.agents[i];
      return Rational.sum(
        price.participation[i].map(({ type, weight }) =>
          weight.multiply(money).multiply(outsideOption.at(type)),
        ),
      );
    });
    const slack = meshes.map((mesh, i) => excess(mesh, virtual[i], scores[i], ...this.range[i]));
    const bound = Rational.sum([chosen.expected, ...slack])
      .subtract(Rational.sum(waived))
      .subtract(Rational.sum(this.outside).multiply(value));
    return { rule: { welfare: Rational.sum(worth), slopes }, bound };
  }

  /** For each agent and cell the ironed virtual value, not divided by the weight on what outcomes are worth. */
  virtualValues(program: ExpectedProgram, price: Price): Rational[][] {
    return this.virtual(program, price).map((cells, i) =>
      ironed(
        this.meshes[i],
        cells.map(({ total }) => total),
      ),
    );
  }

  /** For each agent what averages over cells leave open; see `deviations`. */
  deviations(program: ExpectedProgram, price: Price): Rational[][] {
    return this.virtual(program, price).map((cells, i) => deviations(this.meshes[i], cells));
  }

  private virtual({ value, participation }: ExpectedProgram, { money, participation: weights }: Price) {
    return this.meshes.map((mesh, i) =>
      virtualCells(mesh, value, money, participation === "interim" ? weights[i] : undefined),
    );
  }

  /** The mixture of rules, each with the probability beside it. */
  mixture(rules: readonly (readonly [CellRule, Rational])[]): CellRule {
    const mixed = (number: (rule: CellRule) => Rational) =>
      Rational.sum(rules.map(([rule, weight]) => number(rule).multiply(weight)));
    return {
      welfare: mixed(({ welfare }) => welfare),
      slopes: this.meshes.map(({ cells }, i) => cells.map((_, a) => mixed(({ slopes }) => slopes[i][a]))),
    };
  }

  /** The expected payments less cost when agents get no more than participation demands. */
  money(program: ExpectedProgram, rule: CellRule): Rational {
    const utilities = this.meshes.map((_, i) => {
      if (program.participation !== "interim") return this.outside[i];
      const base = this.utilities(rule.slopes[i], i)
        .map((utility, k) => this.checkpoints[i][k].required.subtract(utility))
        .reduce(Rational.maximum);
      return base.add(this.expectedRent(rule.slopes[i], i));
    });
    return rule.welfare.subtract(Rational.sum(utilities));
  }

  /** What the rule attains if money and participation allow it. */
  objective(program: ExpectedProgram, rule: CellRule): Rational {
    return program.value.isZero
      ? this.money(program, rule)
      : rule.welfare.subtract(Rational.sum(this.outside));
  }

  /** Utility at every checkpoint beyond that of the lowest type. */
  utilities(slopes: readonly Rational[], i: number): Rational[] {
    const { cells } = this.meshes[i];
    let below = Rational.ZERO;
    let done = 0;
    return this.checkpoints[i].map(({ cell, place }) => {
      for (; done < cell; done++) below = below.add(cells[done].length.multiply(slopes[done]));
      return below.add(cells[cell].length.multiply(place).multiply(slopes[cell]));
    });
  }

  /** Expected utility beyond that of the lowest type. */
  expectedRent(slopes: readonly Rational[], i: number): Rational {
    return Rational.sum(slopes.map((slope, a) => slope.multiply(this.rents[i][a])));
  }
}
