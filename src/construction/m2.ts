import type { Mechanism } from "../mechanism/mechanism.js";
import type { Choice, Construction, Ground } from "./construction.js";
import { entitlement, entitlementOptions } from "./entitlement.js";

/**
 * M2 (KE (8), Thm 5 and 6, Prop. 6): the agent of the higher type collects the whole surplus and pays the other
 * `(1-k) beta(higher) + k beta(lower)`; on a tie they halve the surplus. For two agents: with more the paper's lump sums
 * are not bounded (KE 4.3).
 *
 * `exact` is Bayesian IC and ex post balanced on any grid for any `k`, with `U(lowest) = E Delta / 2`; `formula` differs
 * from it by O(mesh^2) on midpoint grids. Ex post IR needs more than `E Delta >= 0` and `k = 1` (KE Thm 6): where much
 * probability sits on a type, lump sums fall from it to the next, and may fall below zero, because
 * `beta' (1 - F) = f (2 beta - S) + int dS/dt dF` is negative for large `f`.
 *
 * Outside options (Prop. 6): the printed payments charge the winner the side payment that they give the loser, so they do
 * not balance, and with `u` at the reports they are not IC. Derived again, `beta#` and `v#` cancel and what is left is M2
 * with a constant side payment, which is zero where outside options are symmetric.
 */
export function m2(ground: Ground, choice: Choice = {}): Mechanism {
  return entitlement("M2", ground, "highest", choice);
}

export const m2Construction: Construction = {
  name: "m2",
  summary: "The higher type collects the surplus.",
  about: "The higher type collects the surplus and pays the other a lump sum.",
  source: "Ke 2009, (8), Theorems 5 and 6, Proposition 6",
  example: "private-good-production-4",
  versions: ["exact", "formula"],
  options: entitlementOptions,
  build: m2,
};
