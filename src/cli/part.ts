/** A file under a name of its own until it is whole. */
export interface Part {
  readonly part: string;
  readonly target: string;
  /** Whether the target has other names, which must go on to lead to it. */
  readonly isLinked: boolean;
}
