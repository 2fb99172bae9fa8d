/** The part of odex that is used; the package ships TypeScript that this project's compiler options reject. */
declare class Solver {
  constructor(
    derivative: (x: number, y: number[]) => number[],
    dimension: number,
    options: {
      readonly relativeTolerance: number;
      readonly absoluteTolerance: number;
      readonly maxSteps: number;
      readonly denseOutput: boolean;
    },
  );
  /** Throws where the end is not reached. */
  solve(x: number, y: number[], end: number): { readonly y: readonly number[] };
}
declare const odex: { readonly Solver: typeof Solver };
export default odex;
