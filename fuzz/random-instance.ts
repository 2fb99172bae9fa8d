import * as fc from "fast-check";
import type { InstanceData } from "../src/index.js";
import { choices } from "../src/question/question.js";

/** Profiles of the largest instance, so that every formulation and every solver takes it. */
const MOST_PROFILES = 36;

/** Amounts by a style that an instance keeps to: an integer of 0 to 999 each. */
const STYLES: readonly ((draw: number) => string)[] = [
  // Small fractions: ties are common.
  (draw) => `${(draw % 7) - 2}/${1 + (Math.floor(draw / 7) % 3)}`,
  // 10^9 beside 10^-9.
  (draw) => `${(draw % 19) - 9}e${3 * ((Math.floor(draw / 19) % 7) - 3)}`,
  // Equal but for 10^-12.
  (draw) => `${draw % 2}${["", ".000000000001"][Math.floor(draw / 2) % 2]}`,
  // Sums that often are exactly zero.
  (draw) => `${(draw % 3) - 1}`,
];

type Nested = string | Nested[];

/** The first entries of a list as a table of so many levels. */
function nested(flat: readonly string[], sizes: readonly number[]): Nested {
  if (sizes.length === 0) return flat[0];
  const part = sizes.slice(1).reduce((product, size) => product * size, 1);
  return Array.from({ length: sizes[0] }, (_, k) =>
    nested(flat.slice(k * part, (k + 1) * part), sizes.slice(1)),
  );
}

const sizesOf = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }).map((sizes) => {
  let count = 1;
  return sizes.map((size) => {
    const fitting = Math.max(1, Math.min(size, Math.floor(MOST_PROFILES / count)));
    count *= fitting;
    return fitting;
  });
});

const NAMES = ["ann", "bob", "cid", "dot", "eve"];

/** An instance of any shape, with a question. */
export const randomInstance: fc.Arbitrary<InstanceData> = fc
  .record({
    sizes: sizesOf,
    outcomes: fc.integer({ min: 1, max: 5 }),
    alike: fc.integer({ min: 0, max: 3 }).map((draw) => draw === 0),
    style: fc.constantFrom(...STYLES.keys()),
  })
  .chain(({ sizes, outcomes, alike, style }) => {
    const own = alike ? sizes.map(() => Math.min(sizes[0], 3)).slice(0, 3) : sizes;
    const count = own.reduce((product, size) => product * size, 1);
    const draws = (length: number) =>
      fc.array(fc.integer({ min: 0, max: 999 }), { minLength: length, maxLength: length });
    const amounts = (length: number) => draws(length).map((list) => list.map(STYLES[style]));
    const table = (...of: number[]) =>
      amounts(of.reduce((product, size) => product * size, 1)).map((flat) => nested(flat, of));
    const byProfile = (...more: number[]) => table(...own, ...more).map((values) => ({ byProfile: values }));
    const outsideOf = (size: number) =>
      fc.oneof(
        fc.constant(undefined),
        fc.constant(undefined),
        table(),
        table(size).map((values) => ({ byType: values })),
        alike ? fc.constant(undefined) : byProfile(),
      );
    const weights = (length: number) =>
      fc
        .array(
          fc.integer({ min: 0, max: 12 }).map((draw) => (draw === 0 ? 0 : 1 + (draw % 4))),
          { minLength: length, maxLength: length },
        )
        .map((list) => (list.some((weight) => weight > 0) ? list : list.map(() => 1)));
    const agent = (i: number) =>
      fc.record({
        name: fc.constant(NAMES[i]),
        types: fc.constant(Array.from({ length: own[i] }, (_, type) => `${type}`)),
        values: fc.oneof(
          table(own[i], outcomes).map((values) => ({ byType: values })),
          alike ? table(own[i], outcomes).map((values) => ({ byType: values })) : byProfile(outcomes),
        ),
        outsideOption: outsideOf(own[i]),
        weights: weights(own[i]),
      });
    const outcomeNames = Array.from({ length: outcomes }, (_, x) => `x${x}`);
    const lottery = fc
      .tuple(fc.nat(outcomes - 1), fc.nat(outcomes - 1), fc.nat(3))
      .map(([one, other, thirds]) =>
        one === other || thirds % 3 === 0
          ? outcomeNames[one]
          : { [outcomeNames[one]]: `${thirds % 3}/3`, [outcomeNames[other]]: `${3 - (thirds % 3)}/3` },
      );
    const part = <Choice extends string>(of: readonly Choice[]) => fc.constantFrom(...of);
    return fc
      .record({
        agents: fc.tuple(...own.map((_, i) => agent(i))),
        joint: fc.tuple(fc.integer({ min: 0, max: 2 }), weights(count)),
        cost: fc.oneof(
          fc.constant(undefined),
          table(),
          table(outcomes).map((values) => ({ byOutcome: values })),
          alike ? fc.constant(undefined) : byProfile(),
          alike ? fc.constant(undefined) : byProfile(outcomes),
        ),
        lotteries: fc.array(lottery, { minLength: count, maxLength: count }),
        question: fc.record({
          ic: part(choices.ic),
          ir: part(choices.ir),
          budget: part(choices.budget),
          balance: part(choices.balance),
          objective: part(choices.objective),
          allocation: part(choices.allocation),
          ties: part(choices.ties),
        }),
      })
      .map(({ agents, joint: [kind, table], cost, lotteries, question }) => {
        const isJoint = kind === 0 && !alike;
        const everyone = alike ? agents.map(({ name }) => ({ ...agents[0], name })) : agents;
        return defined({
          name: "random",
          agents: everyone.map(({ weights: own, ...rest }) =>
            defined(isJoint ? rest : { ...rest, weights: own }),
          ),
          outcomes: outcomeNames,
          // Types that never occur have no beliefs, so that every profile is given a little.
          prior: isJoint
            ? {
                weights: nested(
                  table.map((w) => `${w}`),
                  own,
                ),
              }
            : undefined,
          cost,
          allocation: question.allocation === "given" ? nested(lotteries as string[], own) : undefined,
          question,
        }) as unknown as InstanceData;
      });
  });

function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
