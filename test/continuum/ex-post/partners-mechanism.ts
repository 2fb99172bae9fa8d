import type { Block, ExPostCertificate } from "../../../src/continuum/ex-post/certificate.js";
import { Rational } from "../../../src/number/rational.js";

type Pair<T> = readonly [T, T];
type Types = Pair<Rational>;

/**
 * The mechanism that a certificate without outside money describes, for two partners with uniform types on [0, 1] who own `shares` of a
 * good. Written from docs/continuum-ex-post.md, section 4, and shares nothing with the judge: it evaluates definitions.
 */
export class PartnersMechanism {
  private readonly nodes: Pair<readonly Rational[]>;
  private readonly mechanism: NonNullable<ExPostCertificate["withoutMoney"]>;
  private readonly constants: Rational[] = [Rational.ZERO, Rational.ZERO];
  private readonly missed = new Map<string, Rational>();
  private readonly money: RouteMoney;

  constructor(
    private readonly shares: Types,
    { nodes, withoutMoney }: ExPostCertificate,
  ) {
    this.nodes = [nodes[0], nodes[1]];
    this.mechanism = withoutMoney!;
    for (const i of [0, 1]) {
      this.constants[i] = this.expected(i, (type) => this.missedBy(i, type)).negate();
      this.missed.clear();
    }
    this.money = this.routeMoney();
  }

  /** Who values the good more gets it. */
  wins(agent: number, types: Types): boolean {
    return agent === 0 ? types[0].compare(types[1]) >= 0 : types[1].compare(types[0]) > 0;
  }

  /** What the good is worth to the agent where it gets it. */
  value(agent: number, types: Types): Rational {
    return this.wins(agent, types) ? types[agent] : Rational.ZERO;
  }

  /** What the agent has without the mechanism. */
  outsideOption(agent: number, type: Rational): Rational {
    return this.shares[agent].multiply(type);
  }

  /** What the agent pays at these reports. */
  payment(agent: number, types: Types): Rational {
    const left = this.share(agent, types).multiply(this.gains(types)).add(this.routed(agent, types));
    return this.value(agent, types).subtract(this.outsideOption(agent, types[agent])).subtract(left);
  }

  /** The expectation of a function of the other's type, by an open rule with five points, exact up to the degree 5 between cuts. */
  given(
    agent: number,
    type: Rational,
    of: (types: Types) => Rational,
    cuts: readonly Rational[] = [],
  ): Rational {
    const pair = (other: Rational): Types => (agent === 0 ? [type, other] : [other, type]);
    return this.expected(1 - agent, (other) => of(pair(other)), [type, ...cuts]);
  }

  private expected(
    agent: number,
    of: (type: Rational) => Rational,
    cuts: readonly Rational[] = [],
  ): Rational {
    const ends = [...this.nodes[agent], ...cuts].sort((a, b) => a.compare(b));
    return Rational.sum(ends.slice(1).map((end, k) => integral(of, ends[k], end)));
  }

  private gains(types: Types): Rational {
    const surplus = Rational.maximum(types[0], types[1]);
    return surplus.subtract(this.outsideOption(0, types[0])).subtract(this.outsideOption(1, types[1]));
  }

  /** Affine in each type between nodes. */
  private share(agent: number, types: Types): Rational {
    const [k, m] = [this.cell(0, types[0]), this.cell(1, types[1])];
    const [x, y] = [this.within(0, k, types[0]), this.within(1, m, types[1])];
    const at = (row: number, column: number) => this.mechanism.shares[0][row * this.nodes[1].length + column];
    const along = (row: number) => between(at(row, m), at(row, m + 1), y);
    const first = between(along(k), along(k + 1), x);
    return agent === 0 ? first : Rational.ONE.subtract(first);
  }

  private cell(agent: number, type: Rational): number {
    const after = this.nodes[agent].findIndex((node) => node.compare(type) > 0);
    return after < 0 ? this.nodes[agent].length - 2 : after - 1;
  }

  private within(agent: number, cell: number, type: Rational): Rational {
    const [from, to] = [this.nodes[agent][cell], this.nodes[agent][cell + 1]];
    return type.subtract(from).divide(to.subtract(from));
  }

  /** `r_i`: what incentives ask for, less what shares of the gains give in expectation. */
  private missedBy(agent: number, type: Rational): Rational {
    const key = `${agent} ${type}`;
    const known = this.missed.get(key);
    if (known) return known;
    const whole = this.given(agent, type, (types) => {
      const surplus = Rational.maximum(types[0], types[1]);
      return surplus.subtract(this.share(agent, types).multiply(this.gains(types)));
    });
    const missed = whole.subtract(this.outsideOption(agent, type)).add(this.constants[agent]);
    this.missed.set(key, missed);
    return missed;
  }

  private routeMoney(): RouteMoney {
    const [{ agents, blocks, hub = NOWHERE }] = this.mechanism.routes;
    const [i, j] = agents;
    const integralOver = (agent: number, { cells: [from, to] }: Block, of: (type: Rational) => Rational) =>
      Rational.sum(
        this.nodes[agent]
          .slice(from + 1, to + 1)
          .map((end, k) => integral(of, this.nodes[agent][from + k], end)),
      );
    const brought = blocks[0].map((block) => integralOver(i, block, (type) => this.missedBy(i, type)));
    const owed = (type: Rational) =>
      blocks[0].reduce(
        (sum, { target }, a) => sum.add(this.spread(brought[a], j, target, type)),
        this.missedBy(j, type),
      );
    const rest = blocks[1].map((block) => integralOver(j, block, owed));
    return { agents: [i, j], blocks, hub, owed, rest };
  }

  /** An amount spread evenly over a range of cells, at a type. */
  private spread(amount: Rational, agent: number, [from, to]: Pair<number>, type: Rational): Rational {
    const cell = this.cell(agent, type);
    if (cell < from || cell >= to) return Rational.ZERO;
    return amount.divide(this.nodes[agent][to].subtract(this.nodes[agent][from]));
  }

  /** `d_i`, the money between the two. */
  private routed(agent: number, types: Types): Rational {
    const { agents, blocks, hub, owed, rest } = this.money;
    const [i, j] = agents;
    const own = (side: 0 | 1) => {
      const cell = this.cell(agents[side], types[agents[side]]);
      return blocks[side].find(({ cells: [from, to] }) => from <= cell && cell < to)!;
    };
    const first = this.spread(this.missedBy(i, types[i]), j, own(0).target, types[j]);
    const second = this.spread(owed(types[j]), i, own(1).target, types[i]);
    const returned = blocks[1].map(({ target }, b) => this.spread(rest[b], i, target, types[i]));
    const third = this.spread(Rational.sum(returned), j, hub, types[j]);
    const money = first.subtract(second).add(third);
    return agent === i ? money : money.negate();
  }
}

interface RouteMoney {
  readonly agents: Pair<number>;
  readonly blocks: Pair<readonly Block[]>;
  readonly hub: Pair<number>;
  /** `r_j'` at a type of the second agent. */
  readonly owed: (type: Rational) => Rational;
  /** `R_b`, block by block of the second agent. */
  readonly rest: readonly Rational[];
}

const NOWHERE: Pair<number> = [0, 0];

const WEIGHTS = [11, -14, 26, -14, 11].map((weight) => Rational.of(weight, 20));

/** By values inside alone: at the ends a function may jump. */
function integral(of: (x: Rational) => Rational, from: Rational, to: Rational): Rational {
  const length = to.subtract(from);
  if (length.isZero) return Rational.ZERO;
  const values = WEIGHTS.map((weight, k) => {
    const inside = from.add(length.multiply(Rational.of(k + 1, 6)));
    return of(inside).multiply(weight);
  });
  return Rational.sum(values).multiply(length);
}

function between(from: Rational, to: Rational, part: Rational): Rational {
  return from.add(to.subtract(from).multiply(part));
}
