import type { Environment } from "../../environment/environment.js";
import { Rational } from "../../number/rational.js";
import type { Place, Requirement } from "../../question/requirement.js";
import { sorted } from "../../space/orbits.js";
import type { PlacedOrbit } from "./orbit-columns.js";

/** One of the inequalities that a requirement consists of, for all that exchanging agents turns into it. */
export interface OrbitPlace extends Place {
  /** Of what is asked at every profile. */
  readonly orbit?: PlacedOrbit;
  /** How many inequalities of the direct linear program it stands for. */
  readonly copies: number;
}

/**
 * A look at what happens at the member with increasing types of an orbit, `factor` times: to one of its agents who reports as in it,
 * the truth being another profile; or to the designer.
 */
export interface OrbitLook {
  readonly factor: Rational;
  readonly orbit: PlacedOrbit;
  readonly agent?: number;
  /** What the agent reports. */
  readonly type?: number;
  readonly truth: number;
}

/** The inequalities of requirements of exchangeable agents and the looks at orbits that they add up, as `places` and `looks` do. */
export class OrbitLooks {
  /** `interim[type]`: the orbits in which the type occurs, each by the belief of an agent of the type that the others are as in it. */
  readonly interim: readonly OrbitLook[][];

  constructor(
    private readonly environment: Environment,
    private readonly orbits: readonly PlacedOrbit[],
    private readonly byProfile: ReadonlyMap<number, PlacedOrbit>,
  ) {
    const { agentCount, prior, profiles } = environment;
    this.interim = Array.from({ length: profiles.sizes[0] }, () => []);
    for (const orbit of orbits) {
      for (const { type, count, agent } of orbit.present) {
        // Of the orbit's profiles, count / n give the agent this type.
        const ways = Rational.of(BigInt(orbit.size) * BigInt(count), agentCount);
        const factor = prior.belief(agent, orbit.profile).multiply(ways);
        if (!factor.isZero) this.interim[type].push({ factor, orbit, agent, type, truth: orbit.profile });
      }
    }
  }

  *places({ of, when, against }: Requirement): Iterable<OrbitPlace> {
    const { environment, orbits } = this;
    const copies = of === "designer" ? 1 : environment.agentCount;
    const types = this.interim.map((_, type) => type);
    const reports = (type: number) => types.filter((report) => report !== type);
    if (when === "ex ante") yield { copies };
    else if (when === "interim") {
      for (const type of types) {
        if (!against) yield { type, copies };
        else for (const report of reports(type)) yield { type, report, copies };
      }
    } else {
      for (const orbit of orbits) {
        if (of === "designer") yield { orbit, copies: orbit.size };
        else
          for (const { type, count, agent } of orbit.present) {
            const place = { orbit, agent, type, copies: orbit.size * count };
            if (!against) yield place;
            else for (const report of reports(type)) yield { ...place, report };
          }
      }
    }
  }

  *looks({ of, against }: Requirement, place: OrbitPlace): Iterable<OrbitLook> {
    for (const look of of === "designer" ? this.ofDesigner(place) : this.ofAgents(place)) {
      yield look;
      if (against) yield this.misreported(look, place.report!);
    }
  }

  /** At one orbit, or at all of them by their probability. */
  *ofDesigner({ orbit: only }: Pick<OrbitPlace, "orbit">): Iterable<OrbitLook> {
    if (only) yield { factor: Rational.ONE, orbit: only, truth: only.profile };
    else
      for (const orbit of this.orbits) {
        const factor = this.environment.prior.probability(orbit.profile).multiply(Rational.of(orbit.size));
        yield { factor, orbit, truth: orbit.profile };
      }
  }

  private *ofAgents({ orbit, agent, type }: OrbitPlace): Iterable<OrbitLook> {
    if (orbit) yield { factor: Rational.ONE, orbit, agent, type, truth: orbit.profile };
    else if (type !== undefined) yield* this.interim[type];
    else {
      const [marginal] = this.environment.prior.marginals;
      for (const [own, looks] of this.interim.entries()) {
        const p = marginal.at(own);
        if (!p.isZero) for (const look of looks) yield { ...look, factor: look.factor.multiply(p) };
      }
    }
  }

  /** The others of the look tell the truth still; what the agent reports may belong elsewhere among increasing types. */
  private misreported({ factor, orbit, agent, type }: OrbitLook, report: number): OrbitLook {
    const { environment, byProfile } = this;
    const { profiles } = environment;
    const there = byProfile.get(
      sorted(environment, profiles.replace(orbit.profile, agent!, report)).profile,
    )!;
    const place = there.present.find((one) => one.type === report)!.agent;
    const truth = profiles.replace(there.profile, place, type!);
    return { factor: factor.negate(), orbit: there, agent: place, type: report, truth };
  }
}
