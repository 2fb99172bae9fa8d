/** The rooms of the house, lowest first. A room may import only rooms listed for it (and itself). */
const rooms = {
  fault: [],
  progress: [],
  json: ["fault"],
  number: ["fault", "json"],
  environment: ["fault", "number"],
  space: ["environment", "number"],
  question: ["environment", "fault", "number"],
  mechanism: ["space", "environment", "fault", "json", "number"],
  certificate: ["mechanism", "question", "space", "environment", "fault", "json", "number"],
  kernel: ["certificate", "mechanism", "question", "space", "environment", "fault", "number", "progress"],
  measure: ["kernel", "mechanism", "question", "space", "environment", "number", "progress"],
  instance: ["question", "environment", "fault", "json", "number"],
  lp: ["number"],
  solver: ["lp", "number", "progress"],
  exact: ["lp", "solver", "number", "progress"],
  engine: ["space", "environment", "number"],
  formulation: [
    "engine",
    "certificate",
    "mechanism",
    "question",
    "space",
    "environment",
    "lp",
    "solver",
    "exact",
    "fault",
    "number",
    "progress",
  ],
  construction: ["kernel", "mechanism", "space", "environment", "fault", "number"],
  comparison: [
    "measure",
    "kernel",
    "construction",
    "instance",
    "mechanism",
    "question",
    "space",
    "environment",
    "fault",
    "number",
    "progress",
  ],
  report: [
    "comparison",
    "measure",
    "kernel",
    "construction",
    "certificate",
    "mechanism",
    "question",
    "space",
    "environment",
    "number",
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
    pathNot: `^src/((${[room, ...allowed].join("|")})/|(version|instance-data).ts$${mayDesign.includes(room) ? "|(design|proved-answer).ts$" : ""})`,
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
      to: { path: "^src/", pathNot: "^src/((environment|fault|number)/|instance-data.ts$)" },
    },
    {
      name: "models-into-instance",
      comment: "only the instance reader, comparisons, the index and the command line know models/",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: "^src/(instance|comparison|cli)/|^src/(index|design|best-known|schemas|version).ts$",
      },
      to: { path: "^models/" },
    },
    {
      name: "kernel-shares-nothing",
      comment: "what judges answers knows no formulation, no engine, no LP matrix and no solver",
      severity: "error",
      from: { path: "^src/(kernel|certificate|mechanism|space|question)/" },
      to: { path: "^src/(formulation|engine|lp|solver|exact)/" },
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
