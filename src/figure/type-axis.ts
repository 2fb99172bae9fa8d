/** The types of an agent along a side of a picture, in their order. */
export interface TypeAxis {
  readonly name: string;
  /** Where a type stands: the number that its label is, or its place. */
  readonly scale: "numbers" | "places";
  readonly cells: readonly TypeCell[];
  /** How many types stand between one cell and the next: 1 where every type has a cell. */
  readonly step: number;
}

export interface TypeCell {
  readonly type: number;
  readonly label: string;
  readonly at: number;
  /** Half way to its neighbours. */
  readonly from: number;
  readonly to: number;
}

/** More types than this are shown by every second one, every third, and so on. */
const MOST_CELLS = 40;

/** `labels` are the agent's types in order. Numbers stand where they are if all labels are numbers that increase. */
export function typeAxis(name: string, labels: readonly string[], most = MOST_CELLS): TypeAxis {
  const step = Math.ceil(labels.length / most);
  const shown = labels.flatMap((label, type) =>
    type % step === step >> 1 || step === 1 ? [{ label, type }] : [],
  );
  const numbers = labels.map(numberOf);
  const isNumeric = numbers.every((x, k) => Number.isFinite(x) && (k === 0 || x > numbers[k - 1]));
  const at = shown.map(({ type }, place) => (isNumeric ? numbers[type] : place));
  const cells = shown.map(({ label, type }, k) => ({
    label,
    type,
    at: at[k],
    from: edge(at, k),
    to: edge(at, k + 1),
  }));
  return { name, scale: isNumeric ? "numbers" : "places", cells, step };
}

/** The border before place `k`: half way between neighbours, and as far beyond the ends. */
function edge(at: readonly number[], k: number): number {
  if (at.length === 1) return at[0] + k - 0.5;
  if (k === 0) return at[0] - (at[1] - at[0]) / 2;
  if (k === at.length) return at[k - 1] + (at[k - 1] - at[k - 2]) / 2;
  return (at[k - 1] + at[k]) / 2;
}

function numberOf(label: string): number {
  const parts = /^(-?\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(label);
  return parts ? Number(parts[1]) / Number(parts[2] ?? 1) : Number.NaN;
}

/** What an axis needs besides its positions: a label, and ticks that say types' names where these are no numbers. */
export function axisOptions(axis: TypeAxis, label = axis.name) {
  const { cells, scale } = axis;
  if (scale === "numbers") return { label: shortened(label), nice: false };
  const every = Math.ceil(cells.length / 12);
  const ticks = cells.filter((_, k) => k % every === 0).map(({ at }) => at);
  return {
    label: shortened(label),
    ticks,
    tickFormat: (at: number) => shortened(cells[at]?.label ?? "", 10),
  };
}

/** A label that leaves room for the picture; whole ones are in the tables. */
export function shortened(text: string, most = 32): string {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join("")}…`;
}

/** `every third type of the buyer`, where not all types have a cell; undefined where they have. */
export function thinned(axes: readonly TypeAxis[]): string | undefined {
  const parts = axes.flatMap(({ name, step, cells }) =>
    step > 1
      ? [
          `${cells.length} types of ${shortened(name)}, every ${step}${step === 2 ? "nd" : step === 3 ? "rd" : "th"}`,
        ]
      : [],
  );
  return parts.length > 0 ? `Shown are ${parts.join("; ")}.` : undefined;
}
