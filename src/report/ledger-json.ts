import type { Check, Computed } from "../claim/finding.js";
import { toRational } from "../number/rational-text.js";
import type { TestedEntry } from "./claim-sections.js";
import { type NumberJson, numberJson, present } from "./number-json.js";

/** The ledger for a machine: what papers say, every figure exactly, and what it was computed from. */
export function ledgerJson(tested: readonly TestedEntry[], quick: boolean): object {
  return { quick, claims: tested.map(entryJson) };
}

function entryJson({ paper, claim, finding }: TestedEntry): object {
  const { id, kinds, place, about, says, assumes, readings } = claim;
  const { verdict, checks, letter, fault } = finding;
  return {
    id,
    paper: paper.source,
    place,
    kinds,
    about,
    says,
    assumes,
    ...present({ readings }),
    verdict,
    ...present({ fault }),
    checks: checks.map(checkJson),
    ...(verdict === "refuted" && { letter }),
  };
}

function checkJson({ computed, ...check }: Check): object {
  return { ...check, ...present({ computed: computed && computedJson(computed) }) };
}

function computedJson(computed: Computed): object | string {
  const number = (text: string): NumberJson => numberJson(toRational(text));
  switch (computed.kind) {
    case "exact":
      return number(computed.value);
    case "words":
      return computed.text;
    case "bracket":
      return { lower: number(computed.lower), upper: number(computed.upper) };
    case "limit": {
      const { grids, limit, uncertainty, order } = computed;
      return {
        grids: grids.map(({ points, value }) => ({ points, value: number(value) })),
        limit: number(limit),
        uncertainty: number(uncertainty),
        ...present({ order }),
      };
    }
  }
}
