import * as z from "zod";
import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import { isMaximised, type Question } from "../../question/question.js";
import { type Bracket, type ContinuumMethod, ContinuumRefuted, type ProofInWords } from "../method.js";
import { type RegisteredMethod, refusalOf } from "../registered-method.js";
import { ROUNDED_KIND } from "./kind.js";

/** Certificates for the same question with outside options rounded up and, where it takes both, rounded down. */
export interface RoundedCertificate {
  readonly kind: typeof ROUNDED_KIND;
  readonly up?: { readonly kind: string };
  readonly down?: { readonly kind: string };
}

const part = z.looseObject({ kind: z.string() });

export const roundedCertificateSchema = z.strictObject({
  kind: z.literal(ROUNDED_KIND),
  up: part.optional().describe("What is proved with outside options rounded up."),
  down: part.optional().describe("What is proved with outside options rounded down."),
}) as unknown as z.ZodType<RoundedCertificate>;

/**
 * Outside options that are no piecewise polynomials, between two that are. Whatever meets participation with outside options rounded
 * up meets it with the true ones, and whatever does that meets it with those rounded down. The objective is the same in all
 * three unless it counts outside options itself. So the least outside money lies between the lower end of what is proved rounded down
 * and the upper end of what is proved rounded up, and the designer's largest money between the lower end rounded up and the upper end
 * rounded down. Each part is proved, and judged, by one of `methods`.
 */
export function roundedMethod(methods: readonly RegisteredMethod[]): ContinuumMethod<RoundedCertificate> {
  const covering = (environment: ContinuousEnvironment, question: Question) =>
    methods.find(
      (one) => one.allocation === question.allocation && refusalOf(one, environment, question) === undefined,
    );

  function judgedPart(
    environment: ContinuousEnvironment,
    question: Question,
    certificate: { readonly kind: string } | undefined,
  ): Bracket {
    if (!certificate) return {};
    const registered = methods.find(({ method }) => method.kind === certificate.kind);
    if (!registered) throw new ContinuumRefuted(`a certificate of the unknown kind ${certificate.kind}`);
    const refusal = refusalOf(registered, environment, question);
    if (refusal !== undefined) throw new ContinuumRefuted(refusal);
    const parsed = registered.certificate.safeParse(JSON.parse(JSON.stringify(certificate)));
    if (!parsed.success) throw new ContinuumRefuted(`a certificate of ${certificate.kind} that is none`);
    return registered.method.judge(environment, question, parsed.data);
  }

  function judge(
    environment: ContinuousEnvironment,
    question: Question,
    { up, down }: RoundedCertificate,
  ): Bracket {
    const { roundedDown } = environment;
    if (!roundedDown) throw new ContinuumRefuted("outside options that are exact need no rounding");
    const above = judgedPart(exactly(environment), question, up);
    const below = judgedPart(roundedDown, question, down);
    if (below.contradiction) return { contradiction: below.contradiction };
    const [lower, upper] = isMaximised(question)
      ? [above.lower, below.upper]
      : [below.lower ?? Rational.ZERO, above.upper];
    return { ...(lower && { lower }), ...(upper && { upper }) };
  }

  return {
    kind: ROUNDED_KIND,
    refusal(environment, question) {
      const { roundedDown } = environment;
      if (!roundedDown) return "outside options that are exact are covered by other methods";
      if (question.objective === "max-gains")
        return "gains over outside options that are no polynomials with fractions are not covered";
      for (const one of [environment, roundedDown])
        if (!covering(exactly(one), question))
          return (
            methods
              .filter(({ allocation }) => allocation === question.allocation)
              .map((other) => refusalOf(other, exactly(one), question))
              .find((refusal) => refusal !== undefined) ?? "other allocations are not covered"
          );
      return undefined;
    },
    async find(environment, question, options) {
      const { offer, ...others } = options;
      const proposed = async (one: ContinuousEnvironment) => {
        const { method } = covering(one, question)!;
        const { certificate } = await method.find(one, question, others);
        return { ...certificate, kind: method.kind } as { readonly kind: string };
      };
      const up = await proposed(exactly(environment));
      const first: RoundedCertificate = { kind: ROUNDED_KIND, up };
      const bracket = judge(environment, question, first);
      offer?.(first);
      // Less than no outside money there is not.
      if (!isMaximised(question) && bracket.upper?.isZero) return { bracket, certificate: first };
      const certificate = { ...first, down: await proposed(environment.roundedDown!) };
      return { bracket: judge(environment, question, certificate), certificate };
    },
    judge,
    describe(environment, question, { up, down }): ProofInWords {
      const words = (one: ContinuousEnvironment, certificate: { readonly kind: string } | undefined) =>
        certificate &&
        methods
          .find(({ method }) => method.kind === certificate.kind)
          ?.method.describe?.(one, question, certificate);
      const [above, below] = [
        words(exactly(environment), up),
        environment.roundedDown && words(environment.roundedDown, down),
      ];
      const [lower, upper] = isMaximised(question)
        ? [above?.lower, below?.upper]
        : [below?.lower, above?.upper];
      return { ...(lower && { lower }), ...(upper && { upper }) };
    },
  };
}

/** The environment with its outside options as they stand. */
function exactly({ roundedDown: _, ...environment }: ContinuousEnvironment): ContinuousEnvironment {
  return environment;
}
