import { bilateralTrade, design, designFromData, instanceFromData, verifyAnswer } from "../src/index.js";

const trade = bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } });
const answer = await design(trade);
console.log(answer.verdict, String(answer.optimum)); // impossible 3/40

const low = [0, 1]; // what each outcome is worth to the type
const high = [0, "5/2"];
const neighbour = { types: ["low", "high"], prior: ["1/3", "2/3"], values: { byType: [low, high] } };
const bridge = instanceFromData({
  agents: [
    { name: "ann", ...neighbour },
    { name: "bob", ...neighbour },
  ],
  outcomes: ["no bridge", "bridge"],
  cost: { byOutcome: [0, 3] },
});
const built = await design(bridge, { ic: "dominant", ir: "ex-post", neverPaid: "all" }, { timeLimit: 10 });
console.log(built.verdict, String(built.optimum)); // impossible 4/9

const copy = structuredClone(answer); // as postMessage makes one
console.log(String(designFromData(copy, trade).optimum)); // 3/40
console.log(verifyAnswer(copy.answerFile, trade).verified); // true
