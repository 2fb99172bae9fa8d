import { plural } from "../number/count-text.js";
import type { Plan } from "../sweep/plan.js";
import { labelText } from "../sweep/summary.js";
import { pointWorkers } from "./point-workers.js";
import type { SweepFlags } from "./sweep-flags.js";
import { durationText } from "./sweep-progress.js";
import { print } from "./terminal.js";

/** Points that are shown, and points by which the time is estimated. */
const [SHOWN, TRIED] = [3, 8];
/** Milliseconds after which no further point is tried. */
const ENOUGH = 10_000;

/** Says how many points there are, shows the first, and tries some to estimate how long all take. */
export async function dryRun(plan: Plan, flags: SweepFlags): Promise<void> {
  const { count, axes, draws, drawnNames, questions } = plan;
  const parts = [
    ...axes.map(({ name, values }) => `${plural(values.length, "value")} of ${name}`),
    ...(drawnNames.length > 0 ? [`${plural(draws, "draw")} of ${drawnNames.join(", ")}`] : []),
    ...(questions.length > 1 ? [`${questions.length} questions (${questions.join(", ")})`] : []),
  ];
  await print(`${plural(count, "point")}${parts.length > 0 ? `: ${parts.join(" by ")}` : ""}\n`);
  for (let number = 1; number <= Math.min(SHOWN, count); number++) {
    const point = plan.point(number);
    const { at, draw, question } = point.coordinates;
    const words = [
      ...Object.entries(at).map(([name, value]) => `${name} ${labelText(value)}`),
      ...(draw === undefined ? [] : [`draw ${draw}`]),
      ...(question === undefined ? [] : [question]),
    ];
    const instance = "fault" in point ? `fails: ${point.fault.message}` : JSON.stringify(point.task.instance);
    await print(`  point ${number}${words.length > 0 ? ` (${words.join(", ")})` : ""}: ${instance}\n`);
  }
  await print(`${await estimate(plan, flags)}\n`);
}

async function estimate(plan: Plan, { concurrency }: SweepFlags): Promise<string> {
  const { count } = plan;
  const wanted = Math.min(TRIED, count);
  const numbers = Array.from(
    { length: wanted },
    (_, k) => 1 + Math.round((k * (count - 1)) / Math.max(1, wanted - 1)),
  );
  const { size } = pointWorkers(concurrency);
  const pool = pointWorkers(1);
  const took: number[] = [];
  try {
    // A worker's first point takes longer than others like it.
    await timed(() => evaluated(numbers[0]));
    const begun = performance.now();
    for (const number of numbers) {
      if (performance.now() - begun > ENOUGH) break;
      took.push(await timed(() => evaluated(number)));
    }
  } finally {
    pool.end();
  }
  const mean = took.reduce((sum, one) => sum + one, 0) / took.length;
  const tried = took.length === count ? "all of them" : `${took.length} of them`;
  return `about ${durationText((mean * count) / 1000 / Math.min(size, count))} with ${plural(size, "worker")}, going by ${tried}, which took ${milliseconds(Math.min(...took))} to ${milliseconds(Math.max(...took))} each`;

  async function evaluated(number: number): Promise<void> {
    const point = plan.point(number);
    if ("task" in point) await pool.run(point.task);
  }
}

async function timed(act: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

function milliseconds(ms: number): string {
  return ms < 1000 ? `${Number(ms.toPrecision(2))} ms` : `${Number((ms / 1000).toPrecision(2))} s`;
}
