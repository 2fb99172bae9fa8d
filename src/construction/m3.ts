import type { Mechanism } from "../mechanism/mechanism.js";
import type { Choice, Construction, Ground } from "./construction.js";
import { entitlement, entitlementOptions } from "./entitlement.js";

/**
 * M3 (KE (9), Thm 7), for a fixed endowment: the agent of the lower type collects the whole surplus and pays the other
 * `(1-k) r(lower) + k r(higher)`; on a tie they halve the surplus. It is M2 with the order of types reversed. The printed
 * payments have the signs of `S_-i` and of `v_i` the wrong way round, and do not balance.
 *
 * `exact` is Bayesian IC and ex post balanced on any grid for any `k`; `formula` differs from it by
 * O(mesh^2) on midpoint grids.
 */
export function m3(ground: Ground, choice: Choice = {}): Mechanism {
  return entitlement("M3", ground, "lowest", choice);
}

export const m3Construction: Construction = {
  name: "m3",
  summary: "The lower type collects the surplus.",
  about: "The lower type collects the surplus and pays the other a lump sum.",
  source: "Ke 2009, (9) and Theorem 7",
  example: "private-good-production-4",
  versions: ["exact", "formula"],
  options: entitlementOptions,
  build: m3,
};
