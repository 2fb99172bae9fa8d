/**
 * GLPK as the solver that proposes: `design(model, question, { solver: glpk })`. It comes from the package `glpk.js`, which is
 * GPL-3.0 and has to be installed beside mechlp; nothing else in mechlp imports it.
 *
 * @module mechlp/glpk
 */
export { glpkSolver as glpk } from "./solver/glpk.js";
