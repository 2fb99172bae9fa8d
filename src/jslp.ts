/**
 * javascript-lp-solver as the solver that proposes, for small programs: `design(model, question, { solver: jslp })`.
 *
 * @module mechlp/jslp
 */
export { javascriptLpSolver as jslp } from "./solver/javascript-lp-solver.js";
