/** How a document emphasises; the plain style leaves text as it is. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const same = (text: string) => text;

export const plain: Style = { bold: same, dim: same, good: same, bad: same };

/** What a document is shown on. */
export interface Screen {
  readonly style: Style;
  /** Columns that tables may take. */
  readonly width: number;
  /** Whether sentences are broken into lines of that width too: only where it is known, so that searching a file finds them whole. */
  readonly breaksSentences: boolean;
  /** Lines that are seen at once; undefined where nothing scrolls. */
  readonly rows?: number | undefined;
}

/** What is taken where nothing is known of the terminal. */
export const anyScreen: Screen = { style: plain, width: 80, breaksSentences: false };

/** How much of a mechanism is shown. */
export interface Extent {
  /** Every type of every agent, however many there are; the first and the last ones otherwise. */
  readonly allTypes?: boolean | undefined;
  /** Every profile; only where there are few otherwise. */
  readonly allProfiles?: boolean | undefined;
  /** What is chosen and what types expect, drawn in signs of text. */
  readonly draw?: boolean | undefined;
  /** Fractions in the cells of tables, instead of decimals. */
  readonly fractions?: boolean | undefined;
}
