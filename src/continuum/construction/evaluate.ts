import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { divisibleTitle } from "./divisible-titles.js";
import { enclosedReport } from "./enclosed-findings.js";
import type { ContinuousReport } from "./finding.js";
import { continuousReport } from "./findings.js";
import { ConstructionGround, NotCovered } from "./ground.js";
import type { ContinuousMechanism } from "./mechanism.js";
import { continuousConstructions, notContinuous } from "./registry.js";

/** A construction at every type of a continuum. */
export interface Evaluation extends Pick<ContinuousMechanism, "chosen" | "rounded"> {
  readonly report: ContinuousReport;
}

const ENCLOSED = "lump sums are enclosed: violations are at least what is shown";

/** Evaluates constructions, by their names on grids; what it throws is NotCovered. */
export function evaluationIn(environment: ContinuousEnvironment): (construction: string) => Evaluation {
  let ground: ConstructionGround | undefined;
  return (name) => {
    const construction = continuousConstructions.find((own) => own.name === name);
    if (!construction) throw new NotCovered(notContinuous[name] ?? "it is evaluated on grids alone");
    const isDivisible = !environment.outcomes && !environment.surplus.highestType;
    if (isDivisible && (name === "m2" || name === "m3")) {
      const title = divisibleTitle(environment, name === "m2" ? "highest" : "lowest");
      return { report: enclosedReport(environment, title), rounded: ENCLOSED };
    }
    ground ??= new ConstructionGround(environment);
    const { chosen, rounded, ...mechanism } = construction.build(ground);
    return {
      report: continuousReport(ground, mechanism),
      ...(chosen !== undefined && { chosen }),
      ...(rounded !== undefined && { rounded }),
    };
  };
}
