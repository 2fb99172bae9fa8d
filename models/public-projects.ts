import * as z from "zod";
import { InputError, within } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { affineModel } from "./affine-model.js";
import { family } from "./family.js";
import { agentGrids, gridsOfAgents, numbered } from "./symmetric-agents.js";

const projectSchema = z.strictObject({
  name: z.string().min(1).describe("The outcome's label."),
  constant: z
    .union([rationalSchema, z.array(rationalSchema)])
    .prefault(0)
    .describe("What the project is worth to type 0: one number, or one for each agent."),
  slope: z
    .union([rationalSchema, z.array(rationalSchema)])
    .prefault(1)
    .describe("How much more each unit of type makes it worth: one number, or one for each agent."),
  cost: rationalSchema.prefault(0).describe("Resource cost of the project."),
});

projectSchema.register(z.globalRegistry, { id: "project", description: "A public project." });

type Project = z.output<typeof projectSchema>;

/** Exclusive public projects, of which one is chosen. Outcomes: the projects' names. */
export const publicProjects = family(
  {
    name: "public-projects",
    summary: "Citizens who choose one of several projects.",
    about:
      "Citizens choose one of several public projects, each worth constant + slope x type to a citizen. Without projects of one's own: a swimming pool worth t + 5 or a bridge worth 2t, as in the textbook with types 1 to 9.",
    source: "Jehle and Reny 2011, Section 9.5",
    example: { parameters: { agents: 2, grid: { points: 3, from: 1, to: 9 } } },
    parameters: z.strictObject({
      ...agentGrids,
      projects: z
        .array(projectSchema)
        .min(1)
        .prefault([
          { name: "swimming pool", constant: 5 },
          { name: "bridge", slope: 2 },
        ])
        .describe(
          "The projects {name, constant, slope, cost}; doing nothing is one of them only if it is listed. Pool and bridge when absent.",
        ),
      outsideOptions: z
        .array(rationalSchema)
        .optional()
        .describe("What each citizen has by staying out; 0 when absent."),
    }),
  },
  (parameters) => {
    const { projects, outsideOptions } = parameters;
    const grids = gridsOfAgents(parameters);
    if (outsideOptions && outsideOptions.length !== grids.length) {
      throw new InputError(
        "outsideOptions",
        `${outsideOptions.length} outside options`,
        `${grids.length}, one for each citizen`,
      );
    }
    const worth = projects.map((project, k) => ({
      constant: within(`projects[${k}].constant`, () => forEach(project.constant, grids.length)),
      slope: within(`projects[${k}].slope`, () => forEach(project.slope, grids.length)),
    }));
    checkNames(projects);
    const names = numbered("citizen", grids.length);
    return affineModel({
      name: `${projects.map(({ name }) => name).join(" or ")}, for ${grids.length}`,
      agents: grids.map((grid, i) => ({
        name: names[i],
        grid,
        value: (type, k) => worth[k].constant[i].add(worth[k].slope[i].multiply(type)),
        outsideOption: outsideOptions?.[i],
      })),
      outcomes: projects.map(({ name }) => name),
      costs: projects.map(({ cost }) => cost),
    });
  },
);

function forEach(given: Rational | readonly Rational[], agents: number): readonly Rational[] {
  if (given instanceof Rational) return Array.from({ length: agents }, () => given);
  if (given.length === agents) return given;
  throw new InputError("", `${given.length} numbers`, `one number, or ${agents}, one for each citizen`);
}

function checkNames(projects: readonly Project[]): void {
  projects.forEach(({ name }, k) => {
    if (projects.findIndex((other) => other.name === name) < k) {
      throw new InputError(`projects[${k}].name`, `"${name}" again`, "names that differ");
    }
  });
}
