import { exactDocument } from "../json/exact-document.js";
import { type Plan, planOf } from "../sweep/plan.js";
import { type Head, RESULTS_FORMAT } from "../sweep/result.js";
import { checkInstances } from "../sweep/sweep.js";
import { version } from "../version.js";
import { inFile } from "./file-fault.js";
import { readChunks } from "./reading.js";
import type { Shard } from "./sweep-flags.js";

/** Reads a specification and looks whether its instances can be. Throws InputError, with the file's name. */
export function planIn(path: string): Plan {
  return inFile(path, () => {
    const plan = planOf(exactDocument(readChunks(path)));
    checkInstances(plan);
    return plan;
  });
}

/** What the first line of a sweep's results says. */
export function headOf(plan: Plan, shard?: Shard): Head {
  return {
    format: RESULTS_FORMAT,
    version,
    digest: plan.digest,
    seed: plan.seed,
    points: plan.count,
    ...(shard && { shard: `${shard.number}/${shard.of}` }),
    specification: { ...plan.specification.data },
  };
}

/** The points of a shard, or all of them, by their numbers. */
export function* pointsOf(count: number, { number, of }: Shard = { number: 1, of: 1 }): Iterable<number> {
  for (let point = number; point <= count; point += of) yield point;
}
