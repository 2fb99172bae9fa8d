/** A file of the site, by its path there. */
export interface Page {
  readonly path: string;
  readonly text: string;
}
