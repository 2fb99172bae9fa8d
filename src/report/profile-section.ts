import { lotteryLabel } from "../environment/lottery.js";
import { plural } from "../number/count-text.js";
import { Rational } from "../number/rational.js";
import type { Section, TableBlock } from "./document.js";
import type { MechanismView } from "./mechanism-view.js";
import { cellText } from "./number-text.js";
import type { Extent } from "./style.js";
import type { Column } from "./text-table.js";

/** So many profiles are listed with everything that happens at them. */
const MOST_LISTED = 25;
/** Of two agents with so many types each, what is chosen is shown as a table of one's types by the other's. */
const MOST_ACROSS = 16;

/** What happens at every profile, where they are few or all of them are asked for; what is chosen, where two agents have few types. */
export function profileSection(view: MechanismView, extent: Extent): Section {
  const { profiles, agentCount, outcomes } = view.mechanism.environment;
  if (extent.allProfiles || profiles.count <= MOST_LISTED) return listed(view, extent);
  if (agentCount !== 2 || outcomes.length < 2 || profiles.sizes.some((size) => size > MOST_ACROSS)) return [];
  return across(view);
}

/** A row for each profile: what is chosen, what is paid, what comes from outside. */
function listed({ mechanism }: MechanismView, extent: Extent): Section {
  const cell = cellText(extent);
  const { environment } = mechanism;
  const { agents, outcomes, profiles } = environment;
  const all = Array.from({ length: profiles.count }, (_, s) => s);
  const subsidies = all.map((s) => mechanism.subsidy(s));
  const hasMoney = subsidies.some((amount) => !amount.isZero);
  const columns: Column[] = [
    ...agents.map(({ name }) => ({ heading: name, kind: "words" as const })),
    { heading: "outcome", kind: "words" },
    ...agents.map(({ name }) => ({ heading: `${name} pays`, kind: "numbers" as const })),
    ...(hasMoney ? [{ heading: "outside money", kind: "numbers" as const }] : []),
  ];
  const table: TableBlock = {
    kind: "table",
    heading: "at each profile",
    keys: agents.length,
    columns,
    rows: all.map((s) => [
      ...agents.map(({ types }, i) => types[profiles.typeOf(s, i)]),
      lotteryLabel(mechanism.lottery(s), outcomes),
      ...agents.map((_, i) => cell(mechanism.payment(i, s))),
      ...(hasMoney ? [cell(subsidies[s])] : []),
    ]),
  };
  return [table];
}

/** The first agent's types down, the second's across, and signs for what is chosen. */
function across({ mechanism }: MechanismView): Section {
  const { agents, outcomes, profiles } = mechanism.environment;
  const [down, right] = agents;
  const codes = codesFor(outcomes);
  const used = new Set<number>();
  let hasLotteries = false;
  const cell = (s: number): string => {
    const lottery = mechanism.lottery(s);
    const sure = lottery.find(({ probability }) => probability.equals(Rational.ONE));
    if (!sure) {
      hasLotteries = true;
      return "?";
    }
    used.add(sure.outcome);
    return codes[sure.outcome];
  };
  const rows = down.types.map((label, a) => [
    label,
    ...right.types.map((_, b) => cell(profiles.profileOf([a, b]))),
  ]);
  const legend = [...used].sort((a, b) => a - b).map((x) => `${codes[x]} ${outcomes[x]}`);
  return [
    {
      kind: "table",
      heading: `which outcome is chosen: ${down.name} down, ${right.name} across`,
      columns: [
        { heading: "", kind: "words" },
        ...right.types.map((heading) => ({ heading, kind: "numbers" as const })),
      ],
      rows,
    },
    {
      kind: "notes",
      indented: true,
      lines: [`${[...legend, ...(hasLotteries ? ["? a lottery"] : [])].join("; ")}.`],
    },
    {
      kind: "hint",
      how: `--all-profiles shows what is paid at each of ${plural(profiles.count, "profile")}`,
    },
  ];
}

/** A dot for the first of two outcomes, letters for more. */
function codesFor(outcomes: readonly string[]): string[] {
  if (outcomes.length === 2) return ["·", "■"];
  return outcomes.map((_, x) => (x < 26 ? String.fromCharCode(65 + x) : `${x + 1}`));
}
