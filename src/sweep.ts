/**
 * Thousands of questions in workers, in browsers and in Node:
 *
 *     import { sweep } from "mechlp/sweep";
 *     const specification = {
 *       instance: { model: "bilateral-trade", parameters: { buyer: { points: "=n" }, seller: { points: "=n" } } },
 *       vary: { n: [2, 4, 8] },
 *     };
 *     for await (const { at, optimum } of sweep(specification)) console.log(at, optimum);
 *
 * @module mechlp/sweep
 */
export type { Coordinates } from "./sweep/plan.js";
export { Plan, planOf } from "./sweep/plan.js";
export type { PoolOptions } from "./sweep/pool.js";
export { sweepFigures } from "./sweep/report-figures.js";
export type { Found, Outcome, Result } from "./sweep/result.js";
export type { SweepData } from "./sweep/specification.js";
export { Summary } from "./sweep/summary.js";
export { type SweepOptions, sweep } from "./sweep/sweep.js";
