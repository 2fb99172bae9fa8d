import { neverPaid } from "./never-paid.js";
import type { Parameter, ParameterValue } from "./parameter.js";

/** Every parameter that a question may have besides its choices, by its name in files. */
export const parameters: Readonly<Record<string, Parameter>> = { neverPaid };

/** The parameters of a question, with their values. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;
