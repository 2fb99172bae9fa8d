import type { Environment } from "../../src/environment/environment.js";
import { Audit } from "../../src/kernel/audit.js";
import type { Finding } from "../../src/kernel/finding.js";
import { propertyReport } from "../../src/measure/property-report.js";
import type { ReportedProperty } from "../../src/measure/reported.js";
import { asData } from "../../src/mechanism/as-data.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { type Requirement, requirements } from "../../src/question/requirement.js";

/** What is found of one property of a mechanism, whatever work that takes. */
export function auditProperty(
  environment: Environment,
  mechanism: Mechanism,
  property: ReportedProperty,
): Finding {
  const requirement: Requirement | undefined = requirements[property as keyof typeof requirements];
  if (requirement) {
    const question = { allocation: "free", ties: "first" } as const;
    const audited = { requirements: [requirement], question, expectations: false };
    return new Audit(asData(environment, mechanism), audited).finding(requirement);
  }
  const found = propertyReport(environment, mechanism, Number.POSITIVE_INFINITY).findings[property];
  if (!found.checked) throw new Error(found.reason);
  return found;
}
