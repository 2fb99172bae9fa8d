/** Why an answer proves nothing: its mechanism is none, or its multipliers do not hold together. */
export class Refuted extends Error {
  override readonly name = "Refuted";
}
