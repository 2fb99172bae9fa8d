import { InputError, shown } from "../fault/input-error.js";
import type { OutputFlags } from "./output-flags.js";

export interface SweepFlags extends OutputFlags {
  readonly out?: string;
  readonly shard?: Shard;
  readonly concurrency?: number;
  readonly proofs?: string;
  readonly queue?: string;
  readonly dryRun?: boolean;
  readonly merge?: boolean;
  readonly report?: boolean;
}

/** Every so manieth point, beginning with the one of that number. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** `3/16` */
export function shard(text: string): Shard {
  const [, number, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (number >= 1 && number <= of) return { number, of };
  throw new InputError("--shard", shown(text), "a part of a whole, from 1/16 to 16/16");
}

/** A flag that is a number of workers. */
export function whole(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value > 0 && value <= 1024) return value;
    throw new InputError(flag, shown(text), "a whole number from 1 to 1024");
  };
}
