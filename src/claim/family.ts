import { Environment, type EnvironmentSpecification } from "../environment/environment.js";
import { ProfileSpace } from "../environment/profile-space.js";
import { type RandomEnvironmentOptions, randomEnvironment } from "../generator/random-environment.js";
import { instanceText } from "../instance/written-out.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";

/** A class of instances that a statement is about, drawn from seeds. */
export interface Family<Member> {
  /** What its members are, to be read after "tried on". */
  readonly about: string;
  /** The same seed gives the same member; undefined where it is not of the class. */
  member(seed: number): Member | undefined;
  /** Members that are a little smaller, to shrink a counterexample to. */
  smaller?(member: Member): Iterable<Member>;
  /** The member as a reader can use it. */
  shown(member: Member): readonly string[];
}

/** An environment that was drawn, and the seed from which whatever else is wanted is drawn. */
export interface Drawn {
  readonly environment: Environment;
  readonly seed: number;
}

/** Small random environments: small fractions, so that ties are common, types of probability zero now and then. */
export function randomEnvironments(about: string, options: RandomEnvironmentOptions): Family<Drawn> {
  return {
    about,
    member: (seed) => ({ environment: randomEnvironment(seed, options), seed }),
    *smaller({ environment, seed }) {
      for (const smaller of smallerEnvironments(environment, options)) yield { environment: smaller, seed };
    },
    shown: ({ environment, seed }) => [`drawn from the seed ${seed}:`, instanceLine(environment)],
  };
}

/** An environment as an instance file on one line. */
export function instanceLine(environment: Environment): string {
  const { name } = environment;
  const text = [...instanceText({ environment, name, description: "", question: {} })].join("");
  const { $comment, ...instance } = JSON.parse(text);
  return JSON.stringify(instance);
}

/** The same without one type of an agent, one outcome, the cost, or an outside option. */
function* smallerEnvironments(
  { specification }: Environment,
  { types: [fewestTypes] = [2, 2], outcomes: [fewestOutcomes] = [2, 2] }: RandomEnvironmentOptions,
): Iterable<Environment> {
  const { agents, outcomes, prior, cost } = specification;
  if (cost && outcomes.length > 0) yield new Environment({ ...specification, cost: undefined });
  for (const [i, agent] of agents.entries())
    if (agent.outsideOption)
      yield new Environment({
        ...specification,
        agents: agents.map((own, k) => (k === i ? { ...agent, outsideOption: undefined } : own)),
      });
  if (prior.kind === "independent")
    for (const [i, { types }] of agents.entries())
      for (let type = 0; types.length > Math.max(1, fewestTypes) && type < types.length; type++) {
        const without = withoutType(specification, i, type);
        if (without) yield without;
      }
  if (outcomes.length > Math.max(1, fewestOutcomes))
    for (let outcome = 0; outcome < outcomes.length; outcome++) yield withoutOutcome(specification, outcome);
}

type Kept = (type: number, profile: number, outcome: number) => boolean;

/** The entries of a table that are kept. */
function kept<Shape extends string>(
  { shape, entries }: { readonly shape: Shape; readonly entries: RationalVector },
  keeps: Kept,
  outcomes: number,
): { readonly shape: Shape; readonly entries: RationalVector } {
  const isBy = (word: string) => (shape as string).includes(word);
  const all = Array.from({ length: entries.length }, (_, k) => {
    const outcome = isBy("outcome") ? k % outcomes : 0;
    const place = isBy("outcome") ? Math.floor(k / outcomes) : k;
    const keep = keeps(
      isBy("type") ? place : -1,
      isBy("profile") ? place : -1,
      isBy("outcome") ? outcome : -1,
    );
    return keep ? [entries.at(k)] : [];
  });
  return { shape, entries: RationalVector.from(all.flat()) };
}

function withoutType(
  specification: EnvironmentSpecification,
  i: number,
  gone: number,
): Environment | undefined {
  const { agents, outcomes, prior, cost } = specification;
  if (prior.kind !== "independent") return undefined;
  const profiles = new ProfileSpace(agents.map(({ types }) => types.length));
  const own: Kept = (type, profile) => type !== gone && (profile < 0 || profiles.typeOf(profile, i) !== gone);
  const others: Kept = (_, profile) => profile < 0 || profiles.typeOf(profile, i) !== gone;
  const marginals = prior.marginals.map((marginal, k) => {
    if (k !== i) return marginal;
    const left = Array.from({ length: marginal.length }, (_, type) => marginal.at(type)).toSpliced(gone, 1);
    const total = Rational.sum(left);
    return total.isZero ? undefined : RationalVector.from(left.map((share) => share.divide(total)));
  });
  if (!marginals.every((marginal) => marginal !== undefined)) return undefined;
  return new Environment({
    ...specification,
    prior: { kind: "independent", marginals },
    cost: cost && kept(cost, others, outcomes.length),
    agents: agents.map((agent, k) => ({
      ...agent,
      types: k === i ? agent.types.toSpliced(gone, 1) : agent.types,
      values: kept(agent.values, k === i ? own : others, outcomes.length),
      outsideOption:
        agent.outsideOption && kept(agent.outsideOption, k === i ? own : others, outcomes.length),
    })),
  });
}

function withoutOutcome(specification: EnvironmentSpecification, gone: number): Environment {
  const { agents, outcomes, cost } = specification;
  const keeps: Kept = (_, __, outcome) => outcome !== gone;
  return new Environment({
    ...specification,
    outcomes: outcomes.toSpliced(gone, 1),
    cost: cost && kept(cost, keeps, outcomes.length),
    agents: agents.map((agent) => ({ ...agent, values: kept(agent.values, keeps, outcomes.length) })),
  });
}
