import { unknownName } from "../src/fault/unknown-name.js";
import { bilateralTrade } from "./bilateral-trade.js";
import { conditionallyIndependent } from "./conditionally-independent.js";
import { correlatedPair } from "./correlated-pair.js";
import type { Family } from "./family.js";
import { fixedEndowment } from "./fixed-endowment.js";
import { interdependentPublicGood } from "./interdependent-public-good.js";
import { interdependentTrade } from "./interdependent-trade.js";
import { partnership } from "./partnership.js";
import { privateGoodProduction } from "./private-good-production.js";
import { publicGood } from "./public-good.js";
import { publicProjects } from "./public-projects.js";
import { singleGoodAuction } from "./single-good-auction.js";
import { squareRootGood } from "./square-root-good.js";
import { twoResidents } from "./two-residents.js";

export {
  bilateralTrade,
  conditionallyIndependent,
  correlatedPair,
  fixedEndowment,
  interdependentPublicGood,
  interdependentTrade,
  partnership,
  privateGoodProduction,
  publicGood,
  publicProjects,
  singleGoodAuction,
  squareRootGood,
  twoResidents,
};

/** The family of that name. Throws InputError, with all names and those that are alike, when there is none. */
export function familyByName(name: string, path = ""): Family {
  const found = families.find(({ familyName }) => familyName === name);
  if (found) return found;
  const known = families.map(({ familyName }) => familyName);
  throw unknownName(path, "family", name, known);
}

/** Every family, by the name that instance files use. */
export const families: readonly Family[] = [
  bilateralTrade,
  interdependentTrade,
  partnership,
  publicGood,
  interdependentPublicGood,
  publicProjects,
  singleGoodAuction,
  privateGoodProduction,
  twoResidents,
  fixedEndowment,
  squareRootGood,
  correlatedPair,
  conditionallyIndependent,
];
