// Written by `npm run schema` from the schemas of instance files: what is to be changed is changed there.

/** A number, or a constant and what each unit of the own type adds. */
export type AffineValueData = NumberData | {
  /** What each unit of the own type adds. 0 when absent. */
  readonly slope?: NumberData;
  /** What it is worth to the type 0. 0 when absent. */
  readonly constant?: NumberData;
};

/** An agent written out. */
export interface AgentData {
  /** A label: text, or a number taken as text. */
  readonly name: string | number;
  /** Labels, all different. */
  readonly types: readonly (string | number)[];
  /** Probability of each type, summing to exactly 1. */
  readonly prior?: readonly NumberData[];
  /** Instead of prior: weights, normalised exactly. */
  readonly weights?: readonly NumberData[];
  readonly values: {
    /** Private values: for each own type, the value of each outcome, before payments; what an outcome costs the agent is negative, as a seller's cost of supplying. */
    readonly byType: readonly (readonly NumberData[])[];
  } | {
    /** Interdependent values, before payments and negative where an outcome costs the agent something: lists within lists, one level for each agent and one for the outcomes. */
    readonly byProfile: TableData;
  };
  /** What the agent has without the mechanism; 0 when absent. */
  readonly outsideOption?: NumberData | {
    /** One for each own type. */
    readonly byType: readonly NumberData[];
  } | {
    /** Lists within lists, one level for each agent. */
    readonly byProfile: TableData;
  };
}

/** A buyer and a seller of one good, with independent private values. With continuous types on overlapping intervals, efficient trade always needs outside money; on a grid it need not. */
export interface BilateralTradeParameters {
  /** The buyer's types, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly buyer: GridData;
  /** The seller's types, in the same way. */
  readonly seller: GridData;
  /** The seller's type is its cost of supplying (outside option 0), or its value of keeping the good (outside option: that value). "cost" when absent. */
  readonly convention?: "cost" | "value";
}

/** Three neighbours and a public good: given the third one's type, the types of the first two are independent. */
export interface ConditionallyIndependentParameters {
  /** The types of all three, and the third's probabilities. */
  readonly grid: GridData;
  /** From 0 to 1: the probability with which each of the first two has the third's type; else its type is drawn from the grid. "1/2" when absent. */
  readonly imitation?: NumberData;
  /** In place of imitation, the first's distribution: a row of weights for each type of the third. */
  readonly first?: readonly (readonly NumberData[])[];
  /** The same for the second: a row of weights for each type of the third. */
  readonly second?: readonly (readonly NumberData[])[];
  /** Resource cost of providing the good. 1 when absent. */
  readonly cost?: NumberData;
}

/** An agent whose types are an interval. */
export interface ContinuousAgentData {
  /** A label: text, or a number taken as text. */
  readonly name: string | number;
  /** All types of an interval, independent of the others'. */
  readonly types: {
    /** Lower end of the interval. 0 when absent. */
    readonly from?: NumberData;
    /** Upper end of the interval. 1 when absent. */
    readonly to?: NumberData;
    /** uniform, a whole power or a density, on [0, 1] and stretched over the interval. "uniform" when absent. */
    readonly distribution?: DistributionData;
  };
  /** Private values that are affine in the own type. */
  readonly values: {
    /** The value of each outcome to the own type, before payments; costs are negative. */
    readonly byOutcome: readonly AffineValueData[];
  };
  /** What the agent has without the mechanism; 0 when absent. */
  readonly outsideOption?: AffineValueData | {
    /** Polynomials in the type, one after the other over the interval, without jumps. */
    readonly pieces: readonly PieceData[];
  };
}

/** An environment of continuous types, written out: for solve --continuum. */
export interface ContinuousInstanceData {
  /** For editors: where the JSON Schema of instances lies. */
  readonly $schema?: string;
  /** Notes for whoever reads the file; they mean nothing to the program. */
  readonly $comment?: string | readonly string[] | { readonly [name: string]: string };
  /** The instance's name; a file's own when absent. */
  readonly name?: string;
  /** What the instance shows, in a line. */
  readonly description?: string;
  /** Where in the literature it is from. */
  readonly source?: string;
  readonly expected?: ExpectedAnswerData;
  /** The question asked when the command line says nothing else. */
  readonly question?: QuestionData;
  /** In the order in which slopes and bounds have them. */
  readonly agents: readonly ContinuousAgentData[];
  /** What may be chosen: labels, all different. */
  readonly outcomes: readonly (string | number)[];
  /** Resource cost of an outcome, to be covered by payments. 0 when absent. */
  readonly cost?: NumberData | {
    /** One for each outcome. */
    readonly byOutcome: readonly NumberData[];
  };
}

/** Two bidders, or a buyer and a seller, with private values and correlated types: their beliefs give their types away. */
export interface CorrelatedPairParameters {
  /** auction: outcomes kept, to bidder 1, to bidder 2; trade: outcomes no trade, trade, the seller's type being its cost. "auction" when absent. */
  readonly situation?: "auction" | "trade";
  /** The types of both agents, and their marginal probabilities. */
  readonly grid: GridData;
  /** From 0 to 1: with this probability both have the same type, else types are independent. Marginals stay the grid's. */
  readonly correlation?: NumberData;
  /** Instead of correlation: a joint weight for each pair of types (a row for each type of the first), normalised exactly. */
  readonly weights?: readonly (readonly NumberData[])[];
}

/** uniform, {power: k} for F(x) = x^k, {density: [...]} for a density on [0, 1] that is a polynomial by pieces, or {weights: [...]} for each point. */
export type DistributionData = "uniform" | {
  /** Exponent k of F(x) = x^k, from 1/1000 to 1000. */
  readonly power: NumberData;
} | {
  /** Pieces of the density, one after the other from 0 to 1. */
  readonly density: readonly PieceData[];
  /** Points of positive probability, increasing; with the density it is 1 in all. */
  readonly atoms?: readonly ({
    /** A point of [0, 1]. */
    readonly at: NumberData;
    /** Its probability, > 0. */
    readonly probability: NumberData;
  })[];
} | {
  /** One weight for each point, normalised exactly. */
  readonly weights: readonly NumberData[];
};

/** What the instance's own question is answered with. */
export interface ExpectedAnswerData {
  /** As solve gives it. */
  readonly verdict: "possible" | "impossible" | "undecided";
  /** The exact optimum, where there is one. */
  readonly optimum?: NumberData;
  /** Of a bracket: what its lower end does not fall short of. */
  readonly atLeast?: NumberData;
  /** Of a bracket: what its upper end does not exceed. */
  readonly atMost?: NumberData;
}

/** An environment written out. */
export interface ExplicitInstanceData {
  /** For editors: where the JSON Schema of instances lies. */
  readonly $schema?: string;
  /** Notes for whoever reads the file; they mean nothing to the program. */
  readonly $comment?: string | readonly string[] | { readonly [name: string]: string };
  /** The instance's name; a file's own when absent. */
  readonly name?: string;
  /** What the instance shows, in a line. */
  readonly description?: string;
  /** Where in the literature it is from. */
  readonly source?: string;
  readonly expected?: ExpectedAnswerData;
  /** The question asked when the command line says nothing else. */
  readonly question?: QuestionData;
  /** In the order in which profiles and tables have them. */
  readonly agents: readonly AgentData[];
  /** What may be chosen: labels, all different. */
  readonly outcomes: readonly (string | number)[];
  /** A joint prior, instead of the agents' own. */
  readonly prior?: {
    /** Probability of each profile, one level for each agent. */
    readonly joint: TableData;
  } | {
    /** Weights of the profiles, normalised exactly. */
    readonly weights: TableData;
  };
  /** Resource cost of an outcome, to be covered by payments; what it costs an agent is in its values. 0 when absent. */
  readonly cost?: NumberData | {
    /** One for each outcome. */
    readonly byOutcome: readonly NumberData[];
  } | {
    /** Lists within lists, one level for each agent, and one for the outcomes where it matters. */
    readonly byProfile: TableData;
  };
  /** A given rule: at each profile an outcome, or probabilities by outcome. */
  readonly allocation?: RuleData;
}

/** Agents divide one unit of a good, a share x being worth theta (2x - x^2), from any endowments. Outcomes are the efficient divisions at the grid's profiles (two agents: theta_i/(theta_1 + theta_2)), exact unless `decimals` is given. */
export interface FixedEndowmentParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** What each agent owns, summing to 1; staying out, it consumes that. When absent nobody owns anything (outside option 0). */
  readonly endowments?: readonly NumberData[];
  /** Rounds shares down to so many decimals, which keeps fractions short on large grids; exact when absent. */
  readonly decimals?: number | string;
}

/** The types: a number of points on an interval with a distribution, or a list of values. */
export type GridData = {
  /** Number of types. */
  readonly points: number | string;
  /** midpoint: the middle of each of n equal cells, with the cell's probability (an atom between two is of the lower one); endpoint: the same probabilities on n equally spaced points from end to end; equal-probability: quantiles (k + 1/2)/n, each with probability 1/n. "midpoint" when absent. */
  readonly placement?: "midpoint" | "endpoint" | "equal-probability";
  /** "uniform" when absent. */
  readonly distribution?: DistributionData;
  /** Lower end of the interval. 0 when absent. */
  readonly from?: NumberData;
  /** Upper end of the interval. 1 when absent. */
  readonly to?: NumberData;
} | {
  /** The types' values, increasing. */
  readonly values: readonly NumberData[];
  /** One weight for each value, normalised exactly; equal when absent. */
  readonly weights?: readonly NumberData[];
};

/** Neighbours whose values of a public good depend on everybody's signals: v_i = own s_i + other (sum of the others' signals). Differences increase if own > other, decrease if own < other, and values are common if own = other. */
export interface InterdependentPublicGoodParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** Resource cost of providing the good. */
  readonly cost: NumberData;
  /** Everybody's valuation: {own, other, constant}, {terms} or {table}. */
  readonly valuation?: ValuationData;
  /** Instead of valuation: one for each neighbour. */
  readonly valuations?: readonly ValuationData[];
}

/** A buyer and a seller of one good whose values depend on both signals: v_i = s_i + a s_-i, or any rising valuations. */
export interface InterdependentTradeParameters {
  /** The buyer's types, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly buyer: GridData;
  /** The seller's types, in the same way. */
  readonly seller: GridData;
  /** The weight of the other's signal where no valuation is given: v_i = s_i + a s_-i. 0 when absent. */
  readonly a?: NumberData;
  /** The buyer's value in place of the linear one: {own, other, constant}, {terms} or {table} (rows: buyer's types). */
  readonly buyerValuation?: ValuationData;
  /** The seller's value in place of the linear one: {own, other, constant}, {terms} or {table} (rows: seller's types). */
  readonly sellerValuation?: ValuationData;
  /** The seller's valuation is its cost of supplying (outside option 0), or its value of keeping the good (outside option: that value). "cost" when absent. */
  readonly convention?: "cost" | "value";
}

/** An exact number: a JSON number (0.1 is one tenth) or a string such as "1/3". */
export type NumberData = number | string;

/** Partners who own shares of a good; each values the whole at its type, and keeps its share by staying out. Whether the partnership can be dissolved efficiently depends on the shares. */
export interface PartnershipParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** Each partner's share, summing to 1; equal when absent. The outside option is the share times the type. */
  readonly shares?: readonly NumberData[];
}

/** A polynomial on a part of an interval. */
export interface PieceData {
  /** Where the piece begins. */
  readonly from: NumberData;
  /** Where it ends, and the next one begins. */
  readonly to: NumberData;
  /** The polynomial's coefficients, of x^0, x^1, x^2 and so on. */
  readonly coefficients: readonly NumberData[];
}

/** One of several agents gets a private good that is produced to measure; the best production leaves S(theta) = theta^gamma/gamma. Powers are exact where rational, else rounded to 12 decimals. */
export interface PrivateGoodProductionParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** The exponent of the surplus, from 1 to 1000. 2 when absent. */
  readonly gamma?: NumberData;
  /** by-owner: an outcome says who gets the good, produces its best quantity and bears the cost, so that getting it is worth S(theta); by-designer: an outcome says who gets which quantity, and payments must cover its cost. "by-owner" when absent. */
  readonly production?: "by-owner" | "by-designer";
}

/** A public project. */
export interface ProjectData {
  /** The outcome's label. */
  readonly name: string;
  /** What the project is worth to type 0: one number, or one for each agent. 0 when absent. */
  readonly constant?: NumberData | readonly NumberData[];
  /** How much more each unit of type makes it worth: one number, or one for each agent. 1 when absent. */
  readonly slope?: NumberData | readonly NumberData[];
  /** Resource cost of the project. 0 when absent. */
  readonly cost?: NumberData;
}

/** Neighbours who each value a public good at their own type; providing it costs a fixed amount. */
export interface PublicGoodParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** Resource cost of providing the good. */
  readonly cost: NumberData;
}

/** Citizens choose one of several public projects, each worth constant + slope x type to a citizen. Without projects of one's own: a swimming pool worth t + 5 or a bridge worth 2t, as in the textbook with types 1 to 9. */
export interface PublicProjectsParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** The projects {name, constant, slope, cost}; doing nothing is one of them only if it is listed. Pool and bridge when absent. */
  readonly projects?: readonly ProjectData[];
  /** What each citizen has by staying out; 0 when absent. */
  readonly outsideOptions?: readonly NumberData[];
}

/** Parts of a question; of each choice, what is absent is the first that is listed. */
export interface QuestionData {
  /** Incentive compatibility: truth pays in expectation, need not pay, pays wherever the others tell the truth, or whatever they report. */
  readonly ic?: "bayesian" | "none" | "ex-post" | "dominant";
  /** Individual rationality: taking part pays knowing the own type, need not pay, pays before types are known, or at every profile. */
  readonly ir?: "interim" | "none" | "ex-ante" | "ex-post";
  /** When the money must add up: at every profile, never, or in expectation. */
  readonly budget?: "ex-post" | "none" | "ex-ante";
  /** Payments cover costs exactly, or at least. */
  readonly balance?: "exact" | "no-deficit";
  /** What is wanted: the least outside money in expectation; any mechanism without it; the least at the worst profile; without it the largest surplus, or the largest gains. */
  readonly objective?: "min-subsidy" | "feasibility" | "min-worst-subsidy" | "max-surplus" | "max-gains";
  /** Outcomes that may be chosen: efficient ones, those of the instance's own rule, or any. */
  readonly allocation?: "efficient" | "given" | "free";
  /** Among equally efficient outcomes: a lottery left to the design, the first, the last, or all alike. */
  readonly ties?: "optimise" | "first" | "last" | "uniform";
  /** Agents whom the mechanism never pays: all, or names. */
  readonly neverPaid?: "all" | readonly string[];
  /** The most that agents ever pay: an amount for all, or amounts by agent, such as ann=1/2,bob=1. */
  readonly paymentCaps?: NumberData | { readonly [name: string]: NumberData };
  /** What a misreport may gain at most; 0 when absent. */
  readonly icSlack?: NumberData;
}

/** An outcome, or probabilities by outcome, in lists within lists: a level for each agent. */
export type RuleData = readonly RuleData[] | string | number | { readonly [name: string]: NumberData };

/** Bidders with private values for one good, which the seller may keep: which auction raises most? */
export interface SingleGoodAuctionParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** What the good is worth to the seller: the resource cost of giving it away. 0 when absent. */
  readonly sellerValue?: NumberData;
}

/** Bidders for one unit of a divisible good, a share x being worth 2 theta sqrt(x). Outcomes are the efficient divisions theta_i^2 / sum_j theta_j^2, exact; square roots are exact where rational, else rounded to 12 decimals. */
export interface SquareRootGoodParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** What each agent owns, summing to 1; staying out, it consumes that. When absent nobody owns anything (outside option 0). */
  readonly endowments?: readonly NumberData[];
}

/** Numbers in lists within lists: a level for each agent, and one for the outcomes where they matter. */
export type TableData = readonly TableData[] | NumberData;

/** Residents choose the size x of a shared public good, worth theta (2x - x^2) to each at cost c x^2, or build their own, worth theta^2/(c + theta) at its best. Outcomes are the efficient sizes T/(c + T) at the grid's sums of types T, exact unless `decimals` is given. */
export interface TwoResidentsParameters {
  /** Number of agents, who all have the same grid. */
  readonly agents?: number | string;
  /** The types of every agent, as {points, placement, distribution, from, to} or {values, weights}. */
  readonly grid?: GridData;
  /** Instead of agents and grid: one grid for each agent. */
  readonly grids?: readonly GridData[];
  /** The cost of size x is c x^2, c > 0. 1 when absent. */
  readonly c?: NumberData;
  /** Staying out means building the best good alone, or having none (outside option 0). "own-good" when absent. */
  readonly autarky?: "own-good" | "none";
  /** Rounds sizes down to so many decimals, which keeps fractions short on large grids; exact when absent. */
  readonly decimals?: number | string;
}

/** {own, other, constant}: linear in the signals; {terms}: a polynomial in the own signal and the sum of the others'; {table}: any values. It must rise strictly with the own signal. */
export type ValuationData = {
  /** Coefficient of the own signal. 1 when absent. */
  readonly own?: NumberData;
  /** Coefficient of each other agent's signal. 0 when absent. */
  readonly other?: NumberData;
  /** What is added to both. 0 when absent. */
  readonly constant?: NumberData;
} | {
  /** A polynomial in the own signal and the sum of the others'. */
  readonly terms: readonly ({
    /** The term's coefficient. */
    readonly coefficient: NumberData;
    /** Exponent of the own signal. 0 when absent. */
    readonly own?: number | string;
    /** Exponent of the sum of the others' signals. 0 when absent. */
    readonly other?: number | string;
  })[];
} | {
  /** A row for each own type, with a value for each profile of the others (last agent fastest). */
  readonly table: readonly (readonly NumberData[])[];
};

/** The parameters of every family, by its name in files. */
export interface FamilyParameters {
  readonly "bilateral-trade": BilateralTradeParameters;
  readonly "interdependent-trade": InterdependentTradeParameters;
  readonly "partnership": PartnershipParameters;
  readonly "public-good": PublicGoodParameters;
  readonly "interdependent-public-good": InterdependentPublicGoodParameters;
  readonly "public-projects": PublicProjectsParameters;
  readonly "single-good-auction": SingleGoodAuctionParameters;
  readonly "private-good-production": PrivateGoodProductionParameters;
  readonly "two-residents": TwoResidentsParameters;
  readonly "fixed-endowment": FixedEndowmentParameters;
  readonly "square-root-good": SquareRootGoodParameters;
  readonly "correlated-pair": CorrelatedPairParameters;
  readonly "conditionally-independent": ConditionallyIndependentParameters;
}
