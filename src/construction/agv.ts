import type { Mechanism } from "../mechanism/mechanism.js";
import { balanced, type Division } from "./balanced.js";
import type { Construction, Ground } from "./construction.js";
import { vcg } from "./vcg.js";

/**
 * The expected-externality mechanism (Arrow; d'Aspremont and Gerard-Varet): VCG balanced as in LN Theorem 2. Each agent
 * pays its expected externality less an equal share of the expected VCG surplus; who bears the deviations decides the
 * ex post payments and no interim one. Efficient, Bayesian IC and ex post balanced on any grid; participation may fail.
 */
export function expectedExternality(ground: Ground, division: Division, name = "agv"): Mechanism {
  return balanced(ground.environment, vcg(ground, name), division, name);
}

export const agvConstruction: Construction = {
  name: "agv",
  summary: "Expected externality, funded by the next agent.",
  about: "Expected externality: each agent also bears the next agent's deviation from its mean payment.",
  source: "d'Aspremont and Gérard-Varet 1979, Arrow 1979",
  example: "bilateral-trade-uniform-10",
  versions: ["exact"],
  build: (ground) => expectedExternality(ground, "next", "agv"),
};

export const agvEqualSharesConstruction: Construction = {
  name: "agv-equal-shares",
  summary: "Expected externality, funded in equal shares.",
  about: "Expected externality: each agent also bears equal shares of the others' deviations.",
  source: "d'Aspremont and Gérard-Varet 1979, Arrow 1979",
  example: "bilateral-trade-uniform-10",
  versions: ["exact"],
  build: (ground) => expectedExternality(ground, "equal", "agv-equal-shares"),
};
