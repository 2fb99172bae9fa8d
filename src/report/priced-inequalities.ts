import type { Multipliers, PathPrices, Price, Prices } from "../certificate/multipliers.js";
import { chosenOutcomes, eachFlow } from "../kernel/path-flows.js";
import type { Integer } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { RationalVector } from "../number/rational-vector.js";
import { looks } from "../question/linear-form.js";
import type { Problem } from "../question/problem.js";
import { concerns, type Family, type Place, type Requirement } from "../question/requirement.js";
import { Rules } from "../space/choices.js";
import { orbitPlace } from "../space/orbit-place.js";
import { sorted } from "../space/orbits.js";
import { slotStarts } from "../space/slots.js";
import { Space } from "../space/space.js";

/** An inequality of a requirement, and what it is multiplied with. */
export interface PricedInequality {
  readonly requirement: Requirement;
  readonly place: Place;
  readonly weight: Rational;
}

/** More of them than this are not told one by one. */
const MOST_INEQUALITIES = 50_000;
/** More profiles than this are not looked at one by one. */
const MOST_PROFILES = 200_000;

/**
 * Every inequality that multipliers price, one by one: of each agent where prices are told of all, of each profile where they are
 * told of many, and along paths. Undefined where these are too many. The multipliers must have been verified.
 */
export function pricedInequalities(
  problem: Problem,
  { prices, alike, purpose }: Multipliers,
): PricedInequality[] | undefined {
  const { environment } = problem;
  if (environment.profiles.count > MOST_PROFILES) return undefined;
  const found: PricedInequality[] = [];
  for (const block of prices) {
    if (block.kind === "paths") continue;
    for (const { weight, ...place } of placesOf(problem, block, alike)) {
      if (weight.isZero) continue;
      found.push({ requirement: requirementOf(problem, block.on, place.agent), place, weight });
      if (found.length > MOST_INEQUALITIES) return undefined;
    }
  }
  const paths = prices.find((block) => block.kind === "paths");
  if (paths && environment.profiles.count > MOST_INEQUALITIES) return undefined;
  return paths ? [...alongPaths(problem, paths, found, purpose), ...found] : found;
}

function requirementOf({ requirements }: Problem, on: Family, agent: number | undefined): Requirement {
  return requirements.find((one) => one.family === on && (agent === undefined || concerns(one, agent)))!;
}

function* placesOf(
  { environment, requirements }: Problem,
  block: Exclude<Prices, PathPrices>,
  alike: boolean,
): Iterable<Price> {
  const { profiles, agents, prior } = environment;
  const isOfAgents = requirements.some(({ family, of }) => family === block.on && of === "agents");
  if (block.kind === "ranges") {
    for (const [from, to] of block.ranges) {
      for (let profile = from; profile < to; profile++)
        yield { profile, weight: block.weight.multiply(prior.probability(profile)) };
    }
    return;
  }
  if (block.kind === "list") {
    for (const price of block.entries) {
      const payers = alike && isOfAgents ? agents.keys() : [price.agent];
      for (const agent of payers) yield* atAllOrders(environment, { ...price, agent }, alike);
    }
    return;
  }
  const orbit = alike ? orbitPlace(environment) : undefined;
  const slots = alike ? slotStarts(environment) : undefined;
  for (let profile = 0; profile < profiles.count; profile++) {
    if (!orbit) {
      yield { agent: block.agent, profile, weight: block.weights.at(profile) };
      continue;
    }
    const place = orbit(sorted(environment, profile).profile);
    if (!isOfAgents) yield { profile, weight: block.weights.at(place) };
    else {
      const types = profiles.typesOf(profile);
      for (const agent of agents.keys()) {
        const smaller = new Set(types.filter((type) => type < types[agent])).size;
        yield { agent, profile, weight: block.weights.at(slots![place] + smaller) };
      }
    }
  }
}

/** Of alike agents, a price at a profile with increasing types is at all profiles that have these types. */
function* atAllOrders(environment: Problem["environment"], price: Price, alike: boolean): Iterable<Price> {
  if (!alike || price.profile === undefined) {
    yield price;
    return;
  }
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    if (sorted(environment, profile).profile === price.profile) yield { ...price, profile };
  }
}

/** Prices along paths, which make what the others leave of each payment flow to where participation ends it. */
function alongPaths(
  problem: Problem,
  block: PathPrices,
  others: readonly PricedInequality[],
  purpose: Multipliers["purpose"],
): PricedInequality[] {
  const { environment, question } = problem;
  const { agents, profiles, prior } = environment;
  const left = agents.map(() => Array.from({ length: profiles.count }, () => new RationalSum()));
  for (const { requirement, place, weight } of others) {
    const { of, terms } = requirement;
    if (!terms.payment) continue;
    for (const { factor, reported } of looks(environment, requirement, place)) {
      const amount = weight.multiply(factor).multiply(Rational.of(-terms.payment));
      if (of === "designer") for (const own of left) own[reported].add(amount);
      else left[place.agent!][reported].add(amount);
    }
  }
  if (purpose === "bound" && question.objective === "max-surplus") {
    for (const own of left) {
      for (const [s, sum] of own.entries()) sum.add(prior.probability(s).negate());
    }
  }
  const vectors = left.map((own) => RationalVector.from(own.map(({ value }) => value)));
  const space = new Space(environment, false);
  const rules = new Rules(space, problem.givenRule);
  const chosen = (ties: "first" | "last") =>
    chosenOutcomes(space, rules.choices({ kind: "efficient", ties }));
  const found: PricedInequality[] = [];
  const coefficient = (agent: number, s: number): Integer => vectors[agent].numerators[s];
  eachFlow(space, block, coefficient, undefined, chosen, (agent, type, truth, reported, flow) => {
    const weight = Rational.of(BigInt(flow), vectors[agent].denominator);
    const place: Place =
      reported < 0
        ? { agent, profile: truth }
        : { agent, type, report: profiles.typeOf(reported, agent), profile: truth };
    found.push({
      requirement: requirementOf(problem, reported < 0 ? "participation" : "incentive", agent),
      place: question.ic === "dominant" && reported >= 0 ? { ...place, reported: truth } : place,
      weight,
    });
  });
  return found;
}
