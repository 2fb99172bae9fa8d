import { families } from "../../models/index.js";
import { unknownName } from "../fault/unknown-name.js";
import { documentText } from "../json/document-text.js";
import { defaultQuestion } from "../question/question.js";
import { questionSchema } from "../question/question-file.js";
import { parameterNotes } from "./parameter-notes.js";
import { SIGNS } from "./signs.js";
import { startingParameters } from "./starting-parameters.js";

/** Not a family, but everything written out. */
export const EXPLICIT = "explicit";

/** What an instance file may be started from. */
export const startingPoints: readonly string[] = [EXPLICIT, ...families.map(({ familyName }) => familyName)];

/** Every part of a question may be left out, and has a default where it is a choice. */
function questionNotes(): Record<string, string> {
  const parts = Object.entries(parameterNotes(questionSchema)).map(([part, note]) => [
    part,
    note.replace(/ May be left out\.$/, ""),
  ]);
  const head =
    "What is asked when the command line says nothing else. All of it may be left out; the first of the choices is the default.";
  return prefixed("question", { "": head, ...Object.fromEntries(parts) });
}

/**
 * The text of an instance file to start from: a family with all its parameters, or everything written out; `$comment` says what each
 * part may be. It solves as it stands. Throws InputError for a name that is neither.
 */
export function startingFile(name: string, schema: string): string {
  const question = questionNotes();
  if (name === EXPLICIT)
    return text({
      $schema: schema,
      ...explicit,
      question: defaultQuestion,
      $comment: { ...explicitNotes, ...question },
    });
  const family = families.find(({ familyName }) => familyName === name);
  if (!family) {
    throw unknownName("", "family", name, [...startingPoints, "mechanism"]);
  }
  return text({
    $schema: schema,
    description: family.summary,
    model: name,
    parameters: startingParameters[name],
    question: defaultQuestion,
    $comment: { ...prefixed("parameters", parameterNotes(family.parameters)), ...question },
  });
}

function text(document: object): string {
  return `${documentText(document)}\n`;
}

function prefixed(prefix: string, notes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(notes).map(([path, note]) => [path === "" ? prefix : `${prefix}.${path}`, note]),
  );
}

const explicit = {
  description: "A buyer and a seller of one good, two types each, with everything written out.",
  agents: [
    {
      name: "buyer",
      types: ["eager", "cool"],
      weights: [2, 1],
      values: {
        byType: [
          [0, 5],
          [0, 2],
        ],
      },
      outsideOption: 0,
    },
    {
      name: "seller",
      types: ["cheap", "dear"],
      weights: [2, 1],
      values: {
        byType: [
          [0, -1],
          [0, -4],
        ],
      },
      outsideOption: 0,
    },
  ],
  outcomes: ["no trade", "trade"],
  cost: { byOutcome: [0, 0] },
};

const explicitNotes = {
  numbers: 'Exact: 0.1 is one tenth, "1/3" is a third.',
  "agents[].weights":
    "How likely each type is, in any unit; or prior: probabilities that sum to exactly 1. Types of different agents are independent, " +
    'unless the file has "prior": {"weights": [[...], ...]} in place of these, with a row for each type of the first agent.',
  "agents[].values": `byType: for each type of the agent a list by outcome. ${SIGNS} byProfile: where values depend on the others' types too.`,
  "agents[].outsideOption":
    'What the agent has by staying out: a number, or {"byType": [...]}. 0 when left out.',
  cost: 'What an outcome costs, to be covered by payments: a number, or {"byOutcome": [...]}. 0 when left out.',
  allocation:
    'May be added: a rule of your own, an outcome for each profile, as [["trade", "no trade"], ["trade", "no trade"]].',
};
