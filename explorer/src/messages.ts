import type { DesignData } from "../../src/index.js";
import type { Document } from "../../src/report/document.js";

/** What the thread is asked. */
export type Ask =
  | { readonly kind: "solve"; readonly id: number; readonly instance: unknown }
  | { readonly kind: "compare"; readonly id: number; readonly instance: unknown }
  | { readonly kind: "every type"; readonly id: number; readonly instance: unknown };

/** What the thread says. */
export type Say =
  | { readonly kind: "stage"; readonly id: number; readonly words: string }
  | {
      readonly kind: "design";
      readonly id: number;
      readonly design: DesignData;
      readonly milliseconds: number;
    }
  | { readonly kind: "compared"; readonly id: number; readonly mechanisms: readonly ComparedData[] }
  | { readonly kind: "every type"; readonly id: number; readonly document: Document }
  | { readonly kind: "fault"; readonly id: number; readonly message: string };

/** A mechanism beside the optimum: what each type expects under it, as fractions, and which properties it has. */
export interface ComparedData {
  readonly name: string;
  readonly source: string | undefined;
  readonly utilities: readonly (readonly string[])[];
  readonly properties: readonly {
    readonly name: string;
    readonly holds: boolean | undefined;
    readonly worst: string | undefined;
  }[];
  readonly expectedSurplus: string;
}
