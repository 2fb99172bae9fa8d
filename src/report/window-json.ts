import type { Window, WindowPoint } from "../comparison/window.js";
import { questionJson } from "../question/question-file.js";
import { boundsJson, numberJson, present } from "./number-json.js";

/** Where an answer changes, for a machine: every value of q that was asked, with what is proved there. */
export function windowJson(window: Window, name: string): object {
  const { question, parameter, along, continuous, within, runs, shortfall } = window;
  return {
    instance: name,
    question: questionJson(question),
    types: continuous ? "continuous" : "grid",
    parameter,
    along,
    within: numberJson(within),
    changes: runs.slice(1).map(({ verdict, points }, k) => ({
      from: { verdict: runs[k].verdict, q: numberJson(runs[k].points[runs[k].points.length - 1].q) },
      to: { verdict, q: numberJson(points[0].q) },
    })),
    points: runs.flatMap(({ points }) => points.map(pointJson)),
    ...present({ shortfall }),
  };
}

function pointJson(point: WindowPoint): object {
  const { q, verdict, optimum, infeasible } = point;
  return {
    q: numberJson(q),
    verdict,
    ...present({
      optimum: optimum && numberJson(optimum),
      bounds: infeasible ? undefined : boundsJson(point),
    }),
  };
}
