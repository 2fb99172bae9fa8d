/** How a document emphasises; the plain style leaves text as it is. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const same = (text: string) => text;

export const plain: Style = { bold: same, dim: same, good: same, bad: same };
