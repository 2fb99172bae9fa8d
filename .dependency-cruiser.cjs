/** The rooms of the house, lowest first. A room may import only rooms listed for it (and itself). */
const rooms = {
  number: [],
  progress: [],
  environment: ["number"],
  json: ["environment"],
  mechanism: ["environment", "json", "number", "progress"],
  problem: ["mechanism", "environment", "number", "progress"],
  instance: ["problem", "environment", "mechanism", "json", "number"],
  lp: ["number"],
  solver: ["lp", "number", "progress"],
  exact: ["lp", "solver", "number", "progress"],
  formulation: [
    "problem",
    "mechanism",
    "environment",
    "lp",
    "solver",
    "exact",
    "proof",
    "number",
    "progress",
  ],
  proof: ["mechanism", "problem", "environment", "json", "number", "progress"],
  construction: ["environment", "mechanism", "number"],
  claim: [
    "number",
    "environment",
    "mechanism",
    "problem",
    "instance",
    "lp",
    "solver",
    "exact",
    "formulation",
    "proof",
    "construction",
  ],
  comparison: ["number", "environment", "mechanism", "problem", "instance", "construction", "progress"],
  report: [
    "number",
    "environment",
    "mechanism",
    "problem",
    "proof",
    "construction",
    "comparison",
    "progress",
  ],
};

/** Rooms above the one function that walks the whole way. */
const mayDesign = ["comparison", "report"];

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `direction-${room}`,
  comment: `src/${room} may import only ${allowed.join(", ") || "nothing"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: {
    path: "^src/",
    pathNot: `^src/((${[room, ...allowed].join("|")})/${mayDesign.includes(room) ? "|design.ts$" : ""})`,
  },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: "models-from-environment",
      comment: "models/ builds environments and knows nothing of how they are solved",
      severity: "error",
      from: { path: "^models/" },
      to: { path: "^src/", pathNot: "^src/(environment|number)/" },
    },
    {
      name: "models-into-instance",
      comment: "only the instance reader, the claims, the index and the command line know models/",
      severity: "error",
      from: {
        path: "^src/(number|progress|environment|json|mechanism|problem|lp|solver|exact|formulation|proof|construction|report)/",
      },
      to: { path: "^models/" },
    },
    {
      name: "checker-shares-nothing",
      comment: "the proof checker knows no formulation, no LP matrix and no solver",
      severity: "error",
      from: { path: "^src/proof/" },
      to: { path: "^src/(formulation|lp|solver|exact)/" },
    },
    {
      name: "browser-safe",
      comment: "everything outside src/cli runs in a browser",
      severity: "error",
      from: { path: "^(src|models)/", pathNot: "^src/cli/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-vague-names",
      severity: "error",
      from: {},
      to: { path: "^(src|models)/.*/(utils?|helpers?|common|misc|types)\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    parser: "swc",
    enhancedResolveOptions: {
      extensions: [".ts", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node"],
    },
  },
};
