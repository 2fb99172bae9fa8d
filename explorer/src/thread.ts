/// <reference lib="webworker" />

import { designContinuumFor } from "../../src/continuum/design-continuum.js";
import { methodOf } from "../../src/continuum/methods.js";
import { compare, designData, designFor, InputError, posed, type Rational } from "../../src/index.js";
import { continuousInstanceOf } from "../../src/instance/continuous-instance.js";
import { parseInstance } from "../../src/instance/instance.js";
import type { ReportedProperty } from "../../src/measure/reported.js";
import { interimUtilities } from "../../src/mechanism/interim.js";
import { continuumDocument } from "../../src/report/continuum-text.js";
import type { Ask, ComparedData, Say } from "./messages.js";

declare const self: DedicatedWorkerGlobalScope;

const say = (message: Say) => self.postMessage(message);

self.onmessage = async ({ data: ask }: MessageEvent<Ask>) => {
  const { id } = ask;
  const progress = { stage: (words: string) => say({ kind: "stage", id, words }), done() {} };
  try {
    const started = performance.now();
    const instance = parseInstance(ask.instance, "instance");
    if (ask.kind === "solve") {
      const problem = posed(instance.environment, instance.question, instance.givenRule);
      const design = await designFor(problem, { progress });
      say({ kind: "design", id, design: designData(design), milliseconds: performance.now() - started });
    } else if (ask.kind === "every type") {
      const { environment, question, name } = continuousInstanceOf(instance);
      const answer = await designContinuumFor(environment, question, { progress });
      const { certificate } = answer;
      const theorems =
        (certificate && methodOf(certificate.kind)?.theorems(environment, answer.question)) ?? [];
      say({
        kind: "every type",
        id,
        document: continuumDocument({ name, answer, theorems, grid: undefined }),
      });
    } else {
      const { mechanisms } = await compare(instance, instance.question, [], { progress });
      const texts = (values: readonly Rational[]) => values.map(String);
      const compared = mechanisms.map(
        ({ name, construction, mechanism, report }): ComparedData => ({
          name,
          source: construction?.source,
          utilities: instance.environment.agents.map((_, i) =>
            texts(interimUtilities(instance.environment, mechanism, i)),
          ),
          properties: (Object.keys(report.findings) as ReportedProperty[]).map((property) => {
            const finding = report.findings[property];
            return {
              name: property,
              holds: finding.checked ? finding.holds : undefined,
              worst: finding.checked && !finding.holds ? finding.worst : undefined,
            };
          }),
          expectedSurplus: String(report.expectedSurplus),
        }),
      );
      say({ kind: "compared", id, mechanisms: compared });
    }
  } catch (fault) {
    const message = fault instanceof InputError || fault instanceof Error ? fault.message : String(fault);
    say({ kind: "fault", id, message });
  }
};
