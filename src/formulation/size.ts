/** Size of a formulation: of its linear program, or of its graphs (rows are arcs, columns are nodes). */
export interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly nonzeros: number;
}
