import { icSlack } from "./ic-slack.js";
import { neverPaid } from "./never-paid.js";
import type { Parameter, ParameterValue } from "./parameter.js";
import { paymentCaps } from "./payment-caps.js";

/** The parameters, each of a file of its own. */
const known = { neverPaid, paymentCaps, icSlack };

/** Every parameter that a question may have besides its choices, by its name in files. */
export const parameters: Readonly<Record<string, Parameter>> = known;

/** The parameters of a question, with their values. */
export type ParameterValues = { readonly [Name in keyof typeof known]?: ParameterValue };
