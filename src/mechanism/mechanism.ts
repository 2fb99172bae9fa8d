export type { Mechanism } from "./direct-mechanism.js";
export { type MechanismTables, tableMechanism, tabulate } from "./table-mechanism.js";
