import { describe, expect, test } from "vitest";
import { singleGoodAuction } from "../../models/index.js";
import type { Lottery } from "../../src/environment/lottery.js";
import { InputError } from "../../src/fault/input-error.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { tableMechanism, tabulate } from "../../src/mechanism/mechanism.js";
import { mechanismFileText, readMechanism, readMechanismText } from "../../src/mechanism/mechanism-file.js";
import { toRational } from "../../src/number/rational-text.js";
import { filmWith, vector } from "../environment/hand-made.js";
import { outUnlessBothLow } from "./hand-made.js";

const environment = filmWith();
const tossed: Lottery = [
  { outcome: 0, probability: toRational("1/3") },
  { outcome: 1, probability: toRational("2/3") },
];
const mechanism = tableMechanism({
  lotteries: [...outUnlessBothLow.slice(0, 3), tossed],
  payments: [vector("1/3", 0, "-7/40", `1/${10n ** 30n}`), vector(0, 1, 2, 3)],
  subsidies: vector(0, "1/2", 0, 0),
});
const text = [...mechanismFileText(environment, mechanism, { name: "film", digest: "abc" })].join("");

test("a mechanism comes back from its file to the last digit", () => {
  const read = readMechanism(parseExactJson(text, ""), { environment, digest: "abc" });
  expect(JSON.stringify(tabulate(read, 2, 4).lotteries)).toBe(
    JSON.stringify(tabulate(mechanism, 2, 4).lotteries),
  );
  for (let s = 0; s < 4; s++) {
    expect(String(read.subsidy(s))).toBe(String(mechanism.subsidy(s)));
    for (const agent of [0, 1])
      expect(String(read.payment(agent, s))).toBe(String(mechanism.payment(agent, s)));
  }
});

test("its file speaks in labels and fractions, a line for each profile", () => {
  expect(text.split("\n").slice(4, 8)).toEqual([
    '    {"types":["low","low"],"outcome":"stay","payments":["1/3","0"]},',
    '    {"types":["low","high"],"outcome":"go","payments":["0","1"],"subsidy":"1/2"},',
    '    {"types":["high","low"],"outcome":"go","payments":["-7/40","2"]},',
    `    {"types":["high","high"],"outcome":{"stay":"1/3","go":"2/3"},"payments":["1/${10n ** 30n}","3"]}`,
  ]);
});

describe("a file that does not fit is refused with its path", () => {
  interface File {
    format: string;
    instance: { name: string; digest: string };
    profiles: Record<string, unknown>[];
  }
  const faults: [string, (file: File) => void][] = [
    [
      'instance.digest: the digest of another instance, "opera" (0123456789ab…); expected abc…, the digest of this one (`mechlp show INSTANCE` prints it whole, and a mechanism without a digest is for any instance that it fits)',
      (file) => {
        file.instance = { name: "opera", digest: "0123456789abcdef" };
      },
    ],
    [
      "profiles: 3 profiles, none of ann high, bob high; expected 4, every profile once",
      (file) => file.profiles.pop(),
    ],
    [
      "profiles: 3 profiles, none of ann low, bob low; expected 4, every profile once",
      (file) => {
        file.profiles.shift();
        file.profiles.reverse();
      },
    ],
    [
      "profiles[3].types: ann low, bob high again, as in profiles[1]; expected every profile once",
      (file) => {
        file.profiles[3] = file.profiles[1];
      },
    ],
    [
      "profiles[3].types: ann high, bob high again, as in profiles[0]; expected every profile once",
      (file) => {
        file.profiles[0] = file.profiles[3];
        file.profiles.reverse();
      },
    ],
    [
      'profiles[1].types[1]: the unknown type of bob "hihg"; expected one of low, high; did you mean high?',
      (file) => {
        file.profiles[1].types = ["low", "hihg"];
      },
    ],
    [
      "profiles[1].types: 1 types; expected 2, one for each agent",
      (file) => {
        file.profiles[1].types = ["low"];
      },
    ],
    [
      'profiles[1].types: the unknown agent "bo"; expected one of ann, bob; did you mean bob?',
      (file) => {
        file.profiles[1].types = { ann: "low", bo: "high" };
      },
    ],
    [
      "profiles[2].payments: nothing for bob; expected an entry for each agent",
      (file) => {
        file.profiles[2].payments = { ann: 1 };
      },
    ],
    [
      'profiles[1].outcome: the unknown outcome "leave"; expected one of stay, go',
      (file) => {
        file.profiles[1].outcome = "leave";
      },
    ],
    [
      'profiles[3].outcome: the unknown outcome "leave"; expected one of stay, go',
      (file) => {
        file.profiles[3].outcome = { leave: 1 };
      },
    ],
    [
      "profiles[2].outcome: 5; expected an outcome, or probabilities by outcome",
      (file) => {
        file.profiles[2].outcome = 5;
      },
    ],
    [
      "profiles[2].payments: 1 payments; expected 2, one for each agent",
      (file) => {
        file.profiles[2].payments = [1];
      },
    ],
    [
      'profiles[2].payments[1]: "1/0"; expected a number, or a string such as "1/3"',
      (file) => {
        file.profiles[2].payments = [1, "1/0"];
      },
    ],
    [
      'profiles[0]: the unknown field "subsidies"; expected only the fields types, outcome, payments, subsidy; did you mean subsidy?',
      (file) => {
        file.profiles[0].subsidies = 1;
      },
    ],
    [
      'format: "mechlp-answer-1"; expected "mechlp-mechanism-1"',
      (file) => {
        file.format = "mechlp-answer-1";
      },
    ],
  ];
  test.each(faults)("%s", (message, spoil) => {
    const file = JSON.parse(text) as File;
    spoil(file);
    const read = () => readMechanism(file, { environment, digest: "abc" });
    expect(read).toThrow(InputError);
    expect(read).toThrow(expect.objectContaining({ message }));
    // In chunks it is the same, and so it is with the fields the other way round.
    for (const keys of [Object.keys(file), Object.keys(file).reverse()]) {
      const turned = Object.fromEntries(keys.map((key) => [key, file[key as keyof File]]));
      const inChunks = () =>
        readMechanismText(chunks(JSON.stringify(turned, null, 1)), { environment, digest: "abc" });
      expect(inChunks).toThrow(InputError);
      expect(inChunks).toThrow(expect.objectContaining({ message }));
    }
  });

  test("a file for another instance is told so, whatever else in it does not fit", () => {
    const file = JSON.parse(text) as File;
    file.profiles.reverse();
    file.instance.digest = "cba";
    const turned = JSON.stringify({ profiles: file.profiles, instance: file.instance, format: file.format });
    expect(() => readMechanismText(chunks(turned), { environment, digest: "abc" })).toThrow(
      /^instance.digest: /,
    );
  });
});

function* chunks(text: string): Iterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let k = 0; k < bytes.length; k += 17) yield bytes.subarray(k, k + 17);
}

test("numbers may be written in every way that a file allows, fields stand in any order, spaces anywhere", () => {
  const rows = [
    '{"payments": [0.1, "1/3"], "types": ["low", "low"], "outcome": "stay"}',
    '{"outcome": {"go": 0.25, "stay": "3/4"}, "subsidy": 1e-2, "types":["low","high"],"payments":[-3,"2.50"]}',
    '{"subsidy": "0.00", "types": ["high","low"], "payments": ["4/8", 12345678901234567890], "outcome": "go"}',
    '{"types": ["high","high"], "payments": [0, -0], "outcome": {"go": 1}}',
  ];
  const file = `{"profiles" : [${rows.join("\n,  ")}],"instance":{"digest":"abc","name":""}, "format":"mechlp-mechanism-1" }`;
  const read = readMechanismText(chunks(file), { environment, digest: "abc" });
  const shown = [0, 1, 2, 3].map((s) => [
    [0, 1].map((agent) => String(read.payment(agent, s))).join(" "),
    String(read.subsidy(s)),
    read
      .lottery(s)
      .map(({ outcome, probability }) => `${probability} of ${outcome}`)
      .join(" "),
  ]);
  expect(shown).toEqual([
    ["1/10 1/3", "0", "1 of 0"],
    ["-3 5/2", "1/100", "1/4 of 1 3/4 of 0"],
    ["1/2 12345678901234567890", "0", "1 of 1"],
    ["0 0", "0", "1 of 1"],
  ]);
});

test("rows may stand in any order, and name agents in place of an order of theirs", () => {
  const file = JSON.parse(text) as { profiles: { types: string[]; payments: string[] }[] };
  const named = file.profiles.map(({ types: [ann, bob], payments: [a, b], ...row }) => ({
    ...row,
    types: { bob, ann },
    payments: { bob: b, ann: a },
  }));
  for (const profiles of [named, named.toReversed(), [0, 2, 3, 1].map((k) => named[k])]) {
    const read = readMechanismText(chunks(JSON.stringify({ profiles })), { environment, digest: "abc" });
    const again = [...mechanismFileText(environment, read, { name: "film", digest: "abc" })].join("");
    expect(again).toBe(text);
  }
});

test("a short file for an environment of more profiles than fit in memory is refused like any other", () => {
  const { environment: many } = singleGoodAuction({ agents: 10, grid: { points: 10 } });
  const row = { types: many.agents.map(({ types }) => types[0]), payments: Array(10).fill(0) };
  const file = {
    format: "mechlp-mechanism-1",
    instance: { name: "auction", digest: "abc" },
    profiles: [{ ...row, outcome: many.outcomes[0] }],
  };
  expect(() => readMechanismText(chunks(JSON.stringify(file)), { environment: many, digest: "abc" })).toThrow(
    /^profiles: 1 profiles, none of bidder 1 0.05, .*, bidder 10 0.15; expected 10000000000, every profile once$/,
  );
});
