import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { isAtMost } from "../../number/greatest-value.js";
import type { Question } from "../../question/question.js";
import { type Bracket, ContinuumRefuted } from "../method.js";
import { bracketOf } from "./bracket.js";
import { type InterimCertificate, MOST_CELLS } from "./certificate.js";
import { type ExpectedSurplus, expectedSurplus, isExact } from "./expected-surplus.js";
import { participationOf, refusalOf } from "./scope.js";

/**
 * The bracket that a certificate proves, in fractions alone. The judge trusts nothing that the finder computed: it forms the
 * expected surplus anew, by the same code, for which there is no shorter way than to compute it; checks with it, by a way of
 * its own, what the certificate says of participation (a value at a point below; above, Bernstein coefficients, which a
 * polynomial does not exceed); and adds up.
 *
 * It relies on these theorems about independent private values that are affine in the own type, with or without atoms; for
 * proofs see docs/theory.md, "Continuous types". Let `W_i(t_i) = E[S | t_i]`, `u_i` the outside option, `n` agents.
 *
 * 1. Payoff equivalence. An efficient rule is Bayesian incentive compatible with some payments just when there are constants `k_i`
 *    with expected utilities `W_i(t_i) + k_i`, whichever efficient outcomes are chosen where there are several. Then the
 *    designer's expected money is `-(n - 1) E S - sum_i k_i`.
 * 2. Requirements in expectation. `k_i >= sup (u_i - W_i)` is interim participation, `k_i >= E u_i - E S` ex ante participation.
 *    With `sigma = (n - 1) E S + sum_i (the least k_i)` the least outside money is `max(0, sigma)`, in expectation and at the
 *    worst profile, whether the budget is asked in expectation or at every profile; without outside money there is a mechanism
 *    just when `sigma <= 0`, and the largest surplus is `-sigma`, or 0 where the budget is exact. Participation at every
 *    profile costs no more than interim participation where the budget is not asked for at every profile.
 * 3. Groves. With incentives at every profile utilities are `S(t) - h_i(t_-i)`. Participation at every profile is
 *    `h_i <= m_i = min over t_i of (S - u_i)`, so that `k_i = -E m_i` is then the least in 2. A budget at every profile needs
 *    `(n - 1) S - sum_i h_i` from outside, which must not be negative: `sigma` is a lower bound still, and an upper one is attained
 *    by the largest `h_i` less a constant, so small that the money is nowhere negative.
 * 4. Without incentives nobody needs to be left more than its outside option: `sigma` is minus the expected gains.
 */
export function judgeInterim(
  environment: ContinuousEnvironment,
  question: Question,
  { cells, participation }: InterimCertificate,
): Bracket {
  const refusal = refusalOf(environment, question);
  if (refusal) throw new ContinuumRefuted(refusal);
  if (isExact(environment) ? cells !== undefined : !(cells && cells > 0 && cells <= MOST_CELLS))
    throw new ContinuumRefuted(
      isExact(environment)
        ? "cells are given where the expected surplus is known exactly"
        : `no cells, or more than ${MOST_CELLS}, though the expected surplus is not known exactly`,
    );
  const asked = participationOf(environment, question) === "interim" ? environment.agents.length : 0;
  if (participation.length !== asked)
    throw new ContinuumRefuted(
      `constants of participation for ${participation.length} agents, not for ${asked}`,
    );
  const surplus = expectedSurplus(environment, cells ?? 1);
  participation.forEach((_, i) => {
    checkParticipation(environment, surplus, participation, i);
  });
  return bracketOf(environment, question, surplus, participation);
}

function checkParticipation(
  { agents }: ContinuousEnvironment,
  { givenOwn }: ExpectedSurplus,
  participation: InterimCertificate["participation"],
  i: number,
): void {
  const { types, lower, upper } = participation[i];
  const { name, outsideOption: outside } = agents[i];
  const { below, above } = givenOwn[i];
  if (types.length === 0) throw new ContinuumRefuted(`${name}: no type that asks for ${lower}`);
  for (const type of types) {
    if (type.compare(outside.from) < 0 || type.compare(outside.to) > 0)
      throw new ContinuumRefuted(`${name} ${type}: not a type`);
    const least = outside.at(type).subtract(above.at(type));
    if (least.compare(lower) < 0)
      throw new ContinuumRefuted(
        `${name} ${type}: participation is proved to ask for ${least} only, not for ${lower}`,
      );
  }
  if (!isAtMost(outside.minus(below), upper, types))
    throw new ContinuumRefuted(
      `${name}: participation of some type is not proved to ask for at most ${upper}`,
    );
}
