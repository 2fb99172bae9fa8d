import { boergersNorman } from "./boergers-norman.js";
import { chungEly } from "./chung-ely.js";
import type { Paper } from "./claim.js";
import { ke } from "./ke.js";
import { lectureNotes } from "./lecture-notes.js";

/** The papers, in the order of the ledger. */
export const papers: readonly Paper[] = [boergersNorman, chungEly, lectureNotes, ke];
