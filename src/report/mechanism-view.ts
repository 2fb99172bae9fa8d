import { type DescribedRule, describedRule } from "../description/described-rule.js";
import type { Table } from "../environment/table.js";
import { type InterimRow, interimTable, outcomeClasses } from "../kernel/interim-table.js";
import type { Expected } from "../kernel/judged-mechanism.js";
import { type OutsideMoney, outsideMoney } from "../kernel/outside-money.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { isZero } from "../number/integer.js";
import type { Rational } from "../number/rational.js";

/** Everything that reports show of a mechanism, whatever they are printed on. */
export interface MechanismView {
  readonly mechanism: StructuredMechanism;
  /** What the rule does; undefined where there are too many profiles to look at. */
  readonly rule: DescribedRule | undefined;
  /** Undefined for the same reason. */
  readonly money: OutsideMoney | undefined;
  readonly agents: readonly AgentView[];
}

/** What each type of an agent expects, to be shown. */
export interface AgentView {
  readonly name: string;
  readonly types: readonly string[];
  /** Outcomes that are worth the same to every type of the agent are one class; one that is worth nothing comes last. */
  readonly classes: readonly OutcomeClass[];
  row(type: number): TypeView;
}

/** Outcomes that are the same to an agent. */
export interface OutcomeClass {
  readonly labels: readonly string[];
  /** Whether no type has anything from it. */
  readonly isNothing: boolean;
}

export interface TypeView extends InterimRow {
  readonly probability: Rational;
  /** Outside money that the type expects to be needed; undefined where it is the same at every profile, or not known. */
  readonly outsideMoney: Rational | undefined;
}

/** What types expect may be known already. */
export function mechanismView(mechanism: StructuredMechanism, expected?: Expected): MechanismView {
  const { environment } = mechanism;
  const { agents, outcomes, values, prior } = environment;
  const table = expected ? expected.interim : interimTable(mechanism);
  const money = expected ? expected.money : outsideMoney(mechanism);
  let rule: { readonly described: DescribedRule | undefined } | undefined;
  return {
    mechanism,
    // This looks at every profile: only for those who show it.
    get rule() {
      rule ??= { described: describedRule(mechanism) };
      return rule.described;
    },
    money,
    agents: agents.map(({ name, types }, i) => {
      const classes = outcomeClasses(mechanism, i).map((members, place) => ({
        place,
        labels: members.map((x) => outcomes[x]),
        isNothing: members.every((x) => isNothing(values[i], x)),
      }));
      const ordered = [...classes.filter((own) => !own.isNothing), ...classes.filter((own) => own.isNothing)];
      return {
        name,
        types,
        classes: ordered,
        row: (type) => {
          const own = table(i, type);
          return {
            ...own,
            chances: ordered.map(({ place }) => own.chances[place]),
            probability: prior.marginals[i].at(type),
            outsideMoney: money?.byType?.(i, type),
          };
        },
      };
    }),
  };
}

/** Whether an outcome is worth nothing, whatever the types are. */
function isNothing({ entries, outcomeCount }: Table, outcome: number): boolean {
  for (let k = outcome; k < entries.length; k += outcomeCount)
    if (!isZero(entries.numerators[k])) return false;
  return true;
}
