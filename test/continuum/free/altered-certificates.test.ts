import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import {
  dominantCertificateSchema,
  exPostCertificateSchema,
  expectationCertificateSchema,
} from "../../../src/continuum/free/certificate.js";
import { findExpectation } from "../../../src/continuum/free/find-expectation.js";
import { CellEnvironment, expectedProgram } from "../../../src/continuum/free/in-expectation.js";
import { freeDominant, freeExPost, freeInterim } from "../../../src/continuum/free/method.js";
import { type Bracket, type ContinuumMethod, ContinuumRefuted } from "../../../src/continuum/method.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import type { Rational } from "../../../src/number/rational.js";
import { parseRational } from "../../../src/number/rational-text.js";
import type { Question } from "../../../src/question/question.js";
import {
  auction,
  q,
  revenue,
  secondBest,
  secondBestDominant,
  secondBestExPost,
  trade,
} from "./environments.js";

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

function leaves(value: Json, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function lists(value: Json, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Array.isArray(value) && value.length > 0 ? [path] : [];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => lists(inner, [...path, key]))];
}

function changedAt(value: Json, path: Path, change: (old: Json) => Json): Json {
  if (path.length === 0) return change(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, Json>;
  copy[path[0]] = changedAt(copy[path[0]], path.slice(1), change);
  return copy as Json;
}

/** A certificate as it is, with one number changed or one list without one of its entries. */
const altered = (text: Json): fc.Arbitrary<Json> =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...leaves(text)), fc.integer({ min: -7, max: 7 }), fc.constantFrom(1, 3, 1000))
      .map(([path, step, part]) =>
        changedAt(text, path, (old) => {
          if (typeof old === "number") return old + step;
          const number = parseRational(String(old));
          return number ? String(number.add(q(step, part))) : `${old}?`;
        }),
      ),
    fc
      .tuple(fc.constantFrom(...lists(text)), fc.nat())
      .map(([path, place]) =>
        changedAt(text, path, (old) =>
          (old as Json[]).filter((_, k) => k !== place % (old as Json[]).length),
        ),
      ),
  );

interface Case {
  readonly name: string;
  readonly method: ContinuumMethod<never>;
  readonly schema: z.ZodType;
  readonly environment: ContinuousEnvironment;
  readonly question: Question;
  readonly value: Rational;
  certificate(): Promise<unknown>;
}

const byCells = (environment: ContinuousEnvironment, question: Question, cells: number) =>
  findExpectation(new CellEnvironment(environment, cells), expectedProgram(question), cells);
const interim = { method: freeInterim as ContinuumMethod<never>, schema: expectationCertificateSchema };

const cases: readonly Case[] = [
  {
    name: "the exact second best",
    ...interim,
    environment: trade,
    question: secondBest,
    value: q(9, 64),
    certificate: async () => (await freeInterim.find(trade, secondBest, {})).certificate,
  },
  {
    name: "the second best by cells",
    ...interim,
    environment: trade,
    question: secondBest,
    value: q(9, 64),
    certificate: () => byCells(trade, secondBest, 6),
  },
  {
    name: "the revenue from two bidders by cells",
    ...interim,
    environment: auction(2),
    question: revenue,
    value: q(5, 12),
    certificate: () => byCells(auction(2), revenue, 6),
  },
  {
    name: "the second best with nobody ever losing",
    method: freeExPost as ContinuumMethod<never>,
    schema: exPostCertificateSchema,
    environment: trade,
    question: secondBestExPost,
    value: q(9, 64),
    certificate: async () => (await freeExPost.find(trade, secondBestExPost, { cells: 5 })).certificate,
  },
  {
    name: "the posted price",
    method: freeDominant as ContinuumMethod<never>,
    schema: dominantCertificateSchema,
    environment: trade,
    question: secondBestDominant,
    value: q(1, 8),
    certificate: async () => (await freeDominant.find(trade, secondBestDominant, { cells: 4 })).certificate,
  },
];

describe("a certificate that was altered in one place", () => {
  it.each(cases)("is refused or proves what is still true: $name", async (one) => {
    const text: Json = JSON.parse(JSON.stringify(await one.certificate()));
    const judged = (json: Json): Bracket | "refused" => {
      const read = one.schema.safeParse(json);
      if (!read.success) return "refused";
      try {
        return one.method.judge(one.environment, one.question, read.data as never);
      } catch (error) {
        // Anything else is a mistake of the judge's.
        if (error instanceof ContinuumRefuted) return "refused";
        throw error;
      }
    };
    const original = judged(text);
    expect(original).not.toBe("refused");
    let refused = 0;
    let other = 0;
    fc.assert(
      fc.property(altered(text), (json) => {
        const bracket = judged(json);
        if (bracket === "refused") {
          refused++;
          return;
        }
        if (JSON.stringify(bracket) !== JSON.stringify(original)) other++;
        if (bracket.lower) expect(bracket.lower.compare(one.value)).toBeLessThanOrEqual(0);
        if (bracket.upper) expect(bracket.upper.compare(one.value)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 20261126, numRuns: 120 },
    );
    expect(refused).toBeGreaterThan(20);
    expect(refused + other).toBeGreaterThan(40);
  });
});
