/** Okabe and Ito's colours without black and yellow: told apart by the colour-blind, on light and on dark ground. */
export const colours = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"] as const;

/** For everything beyond them. */
export const neutral = "#888888";

export function colour(place: number): string {
  return colours[place] ?? neutral;
}

/** Of a scale from less than nothing over nothing to more: brown, grey, and teal. */
export const diverging = "BrBG" as const;
