import { type Command, commandMarkdown, type Printed } from "./command.js";
import type { Page } from "./page.js";
import { pictureMarkdown } from "./picture.js";

interface Entry {
  readonly question: string;
  readonly args: readonly string[];
  /** Which of the command's pictures is shown. */
  readonly shown: string;
}

const solve = (instance: string, ...flags: string[]) => [
  "solve",
  `instances/${instance}.json`,
  ...flags,
  "--brief",
];

/** Questions, each with the command that answers it. */
export const questions: readonly Entry[] = [
  {
    question: "Can two traders always trade when they should?",
    args: solve("bilateral-trade-uniform-10"),
    shown: "allocation",
  },
  {
    question: "What does it cost if nobody may regret having come?",
    args: solve("bilateral-trade-uniform-10", "--ir", "ex-post"),
    shown: "outside-money",
  },
  {
    question: "How much trade is possible without anybody else's money?",
    args: solve("second-best-trade-10"),
    shown: "allocation",
  },
  {
    question: "Does it help that what one trader knows says something of the other?",
    args: solve("trade/correlated"),
    shown: "payment-1",
  },
  {
    question: "Which used cars are sold when only the seller knows how good they are?",
    args: solve("trade/lemons-breakdown"),
    shown: "chances-1",
  },
  {
    question: "Which auction raises most?",
    args: solve("auction-revenue-10"),
    shown: "allocation",
  },
  {
    question: "Can a seller earn by not selling?",
    args: solve("auction/externality"),
    shown: "payment-1",
  },
  {
    question: "What should a seller of several qualities put on the menu?",
    args: solve("pricing/mussa-rosen"),
    shown: "chances-1",
  },
  {
    question: "Can partners of equal shares part as they should?",
    args: solve("partnership-equal-12"),
    shown: "payment-1",
  },
  {
    question: "And if one of them owns nine tenths, what stands in the way?",
    args: solve("partnership-unequal-12"),
    shown: "incentives-1",
  },
  {
    question: "Will the neighbours build what is worth while for them together?",
    args: solve("public-good-three-5"),
    shown: "expects-1",
  },
  {
    question: "Which of the literature's mechanisms leaves how much to whom?",
    args: ["compare", "instances/partnership-equal-12.json", "vcg", "agv", "ir-vcg", "m1"],
    shown: "utilities-1",
  },
  {
    question: "How does the price of efficient trade change as the grid becomes finer?",
    args: ["compare", "instances/bilateral-trade-uniform-10.json", "vcg", "--grids", "2,4,8,16,32"],
    shown: "optimum-by-grid",
  },
];

/** The questions one after the other, each with its picture, the command, and what it prints. */
export async function galleryPages(run: (command: Command) => Promise<Printed>): Promise<Page[]> {
  const answered = await Promise.all(questions.map(async (entry) => ({ ...entry, ...(await run(entry)) })));
  const parts = answered.map(({ question, args, shown, text, pictures }, k) => {
    const picture = pictures.get(shown);
    if (!picture)
      throw new Error(`${question} has no picture ${shown}, but ${[...pictures.keys()].join(", ")}`);
    const file = `${k + 1}-${shown}.svg`;
    return {
      text: [`## ${question}`, pictureMarkdown(picture, file), commandMarkdown({ args }, text)].join("\n\n"),
      picture: { path: `gallery/${file}`, text: picture.svg },
    };
  });
  const opening =
    "Each picture is drawn by the command below it, which also proves what it says: see [the tutorial](../tutorial.md) for what a proof is.";
  return [
    {
      path: "gallery/index.md",
      text: `${["# Gallery", opening, ...parts.map((part) => part.text)].join("\n\n")}\n`,
    },
    ...parts.map((part) => part.picture),
  ];
}
