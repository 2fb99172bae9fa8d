import type { Environment } from "../../environment/environment.js";
import { type Exchangeability, exchangeability } from "../../space/exchangeability.js";
import { orbitCount, orbits } from "../../space/orbits.js";
import { ValueClasses } from "../../space/value-classes.js";
import { type OrbitPattern, OrbitPatterns } from "./orbit-pattern.js";

/** In place of a block: no agent, or more than one, has a type of probability zero. */
export const NOBODY = -1;
export const SEVERAL = -2;

/** A profile with increasing types, as rules and passes see it. */
export interface OrbitView {
  readonly profile: number;
  readonly pattern: OrbitPattern;
  /** The type of block `b` is `types[from + b]`. */
  readonly types: Int32Array;
  readonly from: number;
  /**
   * The block of the only agent whose type has probability zero: nobody but it expects such a profile. NOBODY where all
   * types have positive probability, SEVERAL where nobody at all expects the profile.
   */
  readonly impossible: number;
}

/**
 * All multisets of types of exchangeable agents with private values and independent types, in flat arrays.
 *
 * The weight of an orbit is `size * product of p`, where `p` are the numerators of the types' probabilities over their
 * denominator `D`; so the weights of possible orbits sum to `D^n`. If just one agent's type has probability zero, its own
 * probability is left out, and the weight is what this agent expects. Weights that may exceed machine integers are cut into
 * limbs, `weight = sum of limbs[l] * 2^(l * limbBits)`, small enough for sums over all orbits and agents to be exact.
 */
export class OrbitTable {
  readonly count: number;
  readonly values: ValueClasses;
  readonly limbs: readonly Float64Array[];
  readonly limbBits: number;
  /** The numerators of a type's probability, and their denominator. */
  readonly mass: readonly bigint[];
  readonly massDenominator: bigint;
  /** By outcome: 1 where it costs nothing, or where cost depends on the profile. */
  readonly isFree: Uint8Array;
  private readonly patterns: OrbitPatterns;
  private readonly patternOf: OrbitPattern[] = [];
  private readonly profiles: Float64Array;
  private readonly firstBlock: Int32Array;
  private readonly blockTypes: Int32Array;
  private readonly impossible: Int8Array;

  private constructor(
    readonly environment: Environment,
    readonly exchange: Exchangeability,
  ) {
    const { agentCount, profiles, prior } = environment;
    const [marginal] = prior.marginals;
    this.values = new ValueClasses(environment);
    this.patterns = new OrbitPatterns(environment, exchange, this.values);
    this.mass = Array.from({ length: marginal.length }, (_, type) => marginal.numeratorAt(type));
    this.massDenominator = marginal.denominator;
    const { costs, outcomes } = environment;
    this.isFree = Uint8Array.from(outcomes, (_, x) =>
      costs.dependsOnProfile || Number(costs.numerator(0, 0, x)) === 0 ? 1 : 0,
    );
    this.count = orbitCount(agentCount, profiles.sizes[0]);
    this.profiles = new Float64Array(this.count);
    this.firstBlock = new Int32Array(this.count + 1);
    this.blockTypes = new Int32Array(this.count * Math.min(agentCount, profiles.sizes[0]));
    this.impossible = new Int8Array(this.count);
    const largest = this.massDenominator ** BigInt(agentCount) * BigInt(agentCount);
    const whole = largest <= BigInt(Number.MAX_SAFE_INTEGER);
    this.limbBits = whole ? 53 : 52 - Math.ceil(Math.log2(this.count * agentCount));
    const limbCount = whole ? 1 : Math.ceil(largest.toString(2).length / this.limbBits);
    this.limbs = Array.from({ length: limbCount }, () => new Float64Array(this.count));
    this.fill();
  }

  /** Of an environment whose agents can be exchanged, with private values and an independent prior. */
  static of(environment: Environment): OrbitTable {
    let table = known.get(environment);
    if (!table) {
      table = new OrbitTable(environment, exchangeability(environment)!);
      known.set(environment, table);
    }
    return table;
  }

  private fill(): void {
    const { environment, mass, firstBlock, blockTypes } = this;
    const power = mass.map((p) =>
      Array.from({ length: environment.agentCount + 1 }, (_, k) => p ** BigInt(k)),
    );
    const machine = this.limbs.length === 1 && power.map((powers) => powers.map(Number));
    let orbit = 0;
    let entry = 0;
    for (const { profile, types, present } of orbits(environment)) {
      const pattern = this.patterns.of(types);
      this.profiles[orbit] = profile;
      this.patternOf.push(pattern);
      firstBlock[orbit] = entry;
      let impossible = NOBODY;
      let small = pattern.size;
      let large = 1n;
      present.forEach(({ type, count }, block) => {
        blockTypes[entry++] = type;
        if (mass[type] === 0n) impossible = impossible === NOBODY && count === 1 ? block : SEVERAL;
        else if (machine) small *= machine[type][count];
        else large *= power[type][count];
      });
      this.impossible[orbit] = impossible;
      if (impossible !== SEVERAL) this.setWeight(orbit, small, large);
      orbit++;
    }
    firstBlock[orbit] = entry;
  }

  private setWeight(orbit: number, small: number, large: bigint): void {
    if (this.limbs.length === 1) {
      this.limbs[0][orbit] = small * Number(large);
      return;
    }
    const mask = (1n << BigInt(this.limbBits)) - 1n;
    let rest = large * BigInt(small);
    for (const limb of this.limbs) {
      limb[orbit] = Number(rest & mask);
      rest >>= BigInt(this.limbBits);
    }
  }

  weight(orbit: number): bigint {
    return this.joined((limb) => limb[orbit]);
  }

  /** A number that is given limb by limb. */
  joined(of: (limb: Float64Array, l: number) => number): bigint {
    let total = 0n;
    for (let l = this.limbs.length - 1; l >= 0; l--) {
      total = (total << BigInt(this.limbBits)) + BigInt(of(this.limbs[l], l));
    }
    return total;
  }

  view(orbit: number): OrbitView {
    return {
      profile: this.profiles[orbit],
      pattern: this.patternOf[orbit],
      types: this.blockTypes,
      from: this.firstBlock[orbit],
      impossible: this.impossible[orbit],
    };
  }

  /** The same of a profile with increasing types. */
  viewOf(profile: number): OrbitView {
    const types = this.environment.profiles.typesOf(profile);
    const pattern = this.patterns.of(types);
    const blocks = new Int32Array(pattern.counts.length);
    let impossible = NOBODY;
    for (let block = 0, agent = 0; block < blocks.length; agent += pattern.counts[block++]) {
      blocks[block] = types[agent];
      if (this.mass[types[agent]] !== 0n) continue;
      impossible = impossible === NOBODY && pattern.counts[block] === 1 ? block : SEVERAL;
    }
    return { profile, pattern, types: blocks, from: 0, impossible };
  }
}

const known = new WeakMap<Environment, OrbitTable>();
