#!/usr/bin/env python3
"""An independent checker of answers in mechanism design (answer format 2).

    python3 mechlp_check.py INSTANCE ANSWER     checks one answer
    python3 mechlp_check.py -                   reads lines INSTANCE<tab>ANSWER from standard input

It prints a line for each answer, and exits with the status in brackets (with `-`: 1 if any is not verified):
    verified: what is claimed, and what was asked (0)
    refuted:  which requirement fails where and by how much, or what in the claim is wrong (1)
    refused:  where a file is not of the format, what was found and what is expected (2)

What is checked: that the answer belongs to the instance (digest, labels); that its mechanism, as a lottery,
payments and outside money at every profile, meets all requirements of the question; that its multipliers,
as prices of single inequalities, prove a bound; then the claim, which follows from these two.

What is to be trusted: Python with its integers and fractions, SHA-256, the definitions in answer-format.md,
from which alone all this was written, this file, and mechlp_instance.py, which reads the instance. Not what
mechlp_unfold.py makes of the few words of an answer: any mechanism that meets the requirements attains what
it attains, and any prices prove what they prove, wherever they come from. A mistake there may refute a right
answer, and never verifies a wrong one. It takes seconds for 10^4 profiles, and minutes for 10^5.

How to read it: agents, types, outcomes and profiles are places from 0; i is an agent, a its type, b a
report, s a profile, t the profile of reports, x an outcome. A lottery is a sorted tuple of (outcome,
probability > 0). Nothing is rounded; so that most numbers are whole, money is in units of 1/unit and
probabilities are in 1/mass.
"""
import json, sys
sys.dont_write_bytecode = True
from fractions import Fraction
from itertools import product
from mechlp_instance import (PARAMETERS, QUESTION, Environment, Refused, Refuted, anything, boolean, expect,
                             load, lottery, number, or_null, over_common, pieces, read, require, short, text,
                             uniform, worth)
from mechlp_unfold import mechanism_of, prices_of

# ---- The question ------------------------------------------------------------------------------------------

LEVELS = {"none": 0, "ex-ante": 1, "interim": 2, "bayesian": 2, "ex-post": 3, "dominant": 3}

class Question:
    """What is asked: the requirements, with their slacks as linear forms, and the allowed lotteries."""
    def __init__(self, env, told, where):
        told = read(QUESTION | PARAMETERS, told, where)
        self.env, self.ic, self.ir, self.budget = env, told["ic"], told["ir"], told["budget"]
        self.balance, self.objective = told["balance"], told["objective"]
        unpaid, caps = told.get("neverPaid", []), told.get("paymentCaps", {})
        unpaid = env.names if unpaid == "all" else unpaid
        caps = caps if isinstance(caps, dict) else dict.fromkeys(env.names, caps)
        expect({*unpaid, *caps} <= {*env.names}, [*unpaid, *caps], where, f"only {', '.join(env.names)}")
        self.unpaid = {env.names.index(name) for name in unpaid}
        self.caps, self.slack = {env.names.index(name): c for name, c in caps.items()}, told.get("icSlack", 0)
        expect(self.slack >= 0, self.slack, f"{where}.icSlack", "a number >= 0")
        self.outside_money = self.objective in ("min-subsidy", "min-worst-subsidy") and self.budget != "none"
        # There is no outside money then, so that the expected sum of these slacks is what is maximised:
        self.maximised = [("budget", None)] if self.objective.startswith("max") else []
        self.maximised += [("participation", i) for i in env.agents if self.objective == "max-gains"]
        # By profile: the lottery that must be chosen, as a tuple, or a list of the outcomes that may be.
        part = {"first": slice(1), "last": slice(-1, None), "uniform": slice(None)}.get(told["ties"])
        self.allowed = [uniform(best[part]) for best in env.efficient] if part else env.efficient
        if told["allocation"] == "free":
            self.allowed = [list(range(env.width))] * len(env.profiles)
        elif told["allocation"] == "given":
            expect(env.given, "given", f"{where}.allocation", "an instance with an allocation")
            self.allowed = env.given
    def level(self, on, i):
        """Whether slacks are asked at all profiles (3), as types expect them (2), ex ante (1), or not (0)."""
        return {"incentive": LEVELS[self.ic], "participation": LEVELS[self.ir], "budget": LEVELS[self.budget],
                "transfers": 3 if i in self.unpaid else 0, "cap": 3 if i in self.caps else 0}[on]
    def slack_at(self, on, i, s, b=None, t=None):
        """The slack at profile s (of incentives: when reports are as in t, against report b), without outside
        money: (agent, profile, factor) of payments, (profile, row, factor) of lotteries, and a constant."""
        env = self.env
        if on == "budget":
            return [(j, s, 1) for j in env.agents], [(s, env.costs[s], -1)], 0
        if on == "participation":
            return [(i, s, -1)], [(s, env.values[i][s], 1)], -env.options[i][s]
        if on == "transfers":
            return [(i, s, 1)], [], 0
        if on == "cap":
            return [(i, s, -1)], [], self.caps[i] * env.unit
        lie, row = t + (b - env.types[i][t]) * env.strides[i], env.values[i][s]
        return [(i, t, -1), (i, lie, 1)], [(t, row, 1), (lie, row, -1)], self.slack * env.unit
    def terms(self, i, a, s):
        """Over which profiles slacks are summed, and with which weights in 1/mass: s alone, or all by what
        agent i of type a believes, or by the prior."""
        if s is not None:
            return [(s, self.env.mass)]
        if a is None:
            return list(enumerate(self.env.prior))
        return [(line[a], self.env.beliefs[i][line[a]]) for line in self.env.lines[i]]
    def inequalities(self, on, i):
        """The places (type, report, profile, profile of reports) of all inequalities of a requirement."""
        env, level = self.env, self.level(on, i)
        types = range(env.counts[i]) if on != "budget" else []
        if on == "incentive" and level == 2:
            yield from ((a, b, None, None) for a in types for b in types if b != a)
        elif on == "incentive" and level == 3:
            for t in env.profiles:
                a = env.types[i][t]
                # If dominant, the true profile may be any where i is of type a; one of each kind will do.
                for s in env.distinct[i][a] if self.ic == "dominant" else [t]:
                    yield from ((a, b, s, t) for b in types if b != a)
        elif level > 0:
            places = {1: [(None, None)], 2: product(types, [None]), 3: product([None], env.profiles)}
            yield from ((a, None, s, None) for a, s in places[level])

# ---- The mechanism -----------------------------------------------------------------------------------------

def attained_by(question, lotteries, payments, money):
    """The objective of a mechanism, which is refuted if it fails a requirement, and whether it takes outside money anywhere."""
    env = question.env
    for s, may in enumerate(question.allowed):
        chosen = lottery(lotteries[s], "mechanism")
        require(chosen == may if isinstance(may, tuple) else all(x in may for x, p in chosen),
                f"mechanism: what is chosen{env.told(s=s)} is not allowed")
    require([len(amounts) for amounts in (*payments, money)] == [len(env.profiles)] * (len(env.agents) + 1),
            "mechanism: payments or outside money are not told at every profile")
    fine, flat = over_common([amount * env.unit for amounts in (*payments, money) for amount in amounts])
    *payments, money = pieces(flat, len(money))  # from here on money is counted in 1/fine of a unit
    def slack(on, i, s, b=None, t=None):
        paid, chosen, constant = question.slack_at(on, i, s, b, t)
        gained = constant + sum(factor * worth(row, lotteries[r]) for r, row, factor in chosen)
        received = sum(factor * payments[j][r] for j, r, factor in paid)
        return fine * gained + received + (money[s] if on == "budget" else 0)
    def demand(slack, told, exactly=False):
        fits = slack == 0 if exactly else slack >= 0
        require(fits, f"mechanism: {told} fails, its slack is {short(amount_of(slack))}")
    def amount_of(slack):
        return Fraction(slack) / (env.mass * fine * env.unit)
    requirements = product(("incentive", "participation", "transfers", "cap"), env.agents)
    for on, i in [("budget", None), *requirements]:
        for a, b, s, t in question.inequalities(on, i):
            found = sum(weight * slack(on, i, r, b, r if t is None else t)
                        for r, weight in question.terms(i, a, s))
            if found:
                against = "" if b is None else f" against {env.labels[i][b]}"
                demand(found, f"{on}{env.told(i, a, s)}{against}",
                       exactly=on == "budget" and question.balance == "exact")
    for s, amount in enumerate(money):
        demand(amount * env.mass, f"outside money{env.told(s=s)}", not question.outside_money)
    if question.objective == "min-worst-subsidy":
        return amount_of(max(money) * env.mass), any(money)
    if question.objective == "min-subsidy":
        return amount_of(sum(p * amount for p, amount in zip(env.prior, money))), any(money)
    expected = (p * slack(on, i, s) for on, i in question.maximised for s, p in enumerate(env.prior))
    return amount_of(sum(expected)), any(money)

# ---- The multipliers ---------------------------------------------------------------------------------------

# What may be told of a price besides its agent: initials of type, report, profile, and profile of reports.
TOLD = {"incentive": ["ab", "abs", "abst"], "participation": ["", "a", "s", "as"], "budget": ["", "s"],
        "transfers": ["", "a", "s", "as"], "cap": ["", "a", "s", "as"]}

class Lagrangian:
    """L times mass: a constant, coefficients by profile of payments and of outcomes, prices of money."""
    def __init__(self, question, purpose):
        env = self.env = question.env
        self.question, self.purpose, self.constant = question, purpose, 0
        self.payments, self.money = [[0] * len(env.profiles) for i in env.agents], [0] * len(env.profiles)
        self.outcomes = [[0] * env.width for s in env.profiles]
        for on, i in question.maximised if purpose == "bound" else ():
            self.subtract(1, on, i)
    def subtract(self, price, on, i, a=None, b=None, s=None, t=None):
        """Subtracts a price times its slack."""
        for r, weight in self.question.terms(i, a, s):
            paid, chosen, constant = self.question.slack_at(on, i, r, b, r if t is None else t)
            for j, q, factor in paid:
                self.payments[j][q] -= price * weight * factor
            for q, row, factor in chosen:
                change = price * weight * factor
                self.outcomes[q] = [old - change * amount for old, amount in zip(self.outcomes[q], row)]
            self.constant -= price * weight * constant
            self.money[r] += price * weight if on == "budget" else 0
    def price(self, where, price, on, i, a=None, b=None, s=None, t=None):
        """Puts a price on an inequality, if the question requires it."""
        def demand(condition, problem):
            require(condition, f"{where}: the price on {on} {problem}")
        env, question, price = self.env, self.question, Fraction(price)
        told = "".join(name for name, value in zip("abst", (a, b, s, t)) if value is not None)
        demand((i is None) == (on == "budget") and told in TOLD[on], "does not tell its places")
        m, n = 0 if i is None else env.counts[i], len(env.profiles)
        demand(all(value is None or 0 <= value < end for value, end in zip((a, b, s, t), (m, m, n, n))),
               "tells places that there are not")
        demand(question.level(on, i) >= (3 if s is not None else 2 if a is not None else 1),
               "is on nothing that is required")
        demand(price >= 0 or (on == "budget" and question.balance == "exact"), f"is negative: {short(price)}")
        demand(b is None or a != b, "is against the true type")
        demand(None in (a, s) or env.types[i][s] == a, "tells a type that the agent has not there")
        demand(t is None or (question.ic == "dominant" and env.types[i][t] == a), "tells wrong reports")
        if price:
            self.subtract(price, on, i, a, b, s, t)
    def least(self):
        """The least L over allowed lotteries, if L does not depend on payments nor fall with money."""
        env, question = self.env, self.question
        for i, s in product(env.agents, env.profiles):
            require(self.payments[i][s] == 0, f"multipliers: the payment{env.told(i, s=s)} does not cancel, "
                    f"its coefficient is {short(Fraction(self.payments[i][s]) / env.mass)}")
        if question.outside_money and question.objective == "min-worst-subsidy" and self.purpose == "bound":
            total = Fraction(sum(price for price in self.money if price > 0)) / env.mass
            require(total <= 1, f"multipliers: the prices of outside money sum to {short(total)} > 1")
        elif question.outside_money and self.purpose != "money":
            for s, price in enumerate(self.money):
                most = env.prior[s] if self.purpose == "bound" else 0
                require(price <= most, f"multipliers: the price of outside money{env.told(s=s)} is too large "
                        f"by {short(Fraction(price - most) / env.mass)}")
        least = sum(worth(row, may) if isinstance(may, tuple) else min(row[x] for x in may)
                    for row, may in zip(self.outcomes, question.allowed))
        return Fraction(self.constant + least) / (env.mass * env.unit)

# ---- The claim ---------------------------------------------------------------------------------------------

def right_claim(question, attained, takes_money, purpose, proved):
    """What is to be claimed if the mechanism attains and the multipliers prove this (or None)."""
    infeasible, bound = purpose == "infeasibility", proved if purpose == "bound" else None
    contradiction = None if purpose == "bound" else proved
    charged = question.ir == "none" and (question.budget == "none" or question.balance == "no-deficit") and (
        len(question.caps) < len(question.env.agents))  # some agent can be charged any constant
    unbounded = attained is not None and question.objective == "max-surplus" and charged
    lower, upper = max(0, bound or 0), attained
    if question.objective.startswith("max"):
        lower, upper = attained, None if bound is None or unbounded else -bound
    if infeasible:
        verdict, lower, upper = "impossible", None, None
    elif question.objective.startswith("min"):
        needed, free = lower > 0 or purpose == "money", attained is not None and not takes_money
        verdict = "impossible" if needed else "possible" if free else "undecided"
    else:
        verdict = "undecided" if attained is None else "possible"
    return {"verdict": verdict, "infeasible": infeasible, "contradiction": contradiction,
            "unbounded": unbounded, "lower": lower, "upper": upper}

def check(instance_path, answer_path, known):
    """What the answer claims, in words, if all of it is right. The last instance is kept in `known`."""
    if instance_path not in known:
        known.clear()
        known[instance_path] = Environment(load(instance_path))
    env = known[instance_path]
    known_as = {"name": text, "digest": text, "outcomes": (text, None),
                "agents": ({"name": text, "types": (text, None)}, None)}
    claim = {"verdict": "possible impossible undecided", "infeasible": boolean, "unbounded": boolean,
             "contradiction": or_null(number), "lower": or_null(number), "upper": or_null(number)}
    named = {"name": text, "version": text}
    answer = read({"$schema?": text, "format": "mechlp-answer-2", "program": named, "solver?": named,
                   "instance": known_as, "question": anything, "claim": claim, "mechanism": anything,
                   "multipliers": anything}, load(answer_path), "answer")
    head, question = answer["instance"], Question(env, answer["question"], "answer.question")
    told = [(agent["name"], agent["types"]) for agent in head["agents"]], head["outcomes"]
    require(told == ([*zip(env.names, env.labels)], env.outcomes), "instance: other labels")
    require(head["digest"] == env.digest, f"instance: digest {head['digest'][:64]}, found {env.digest}")
    attained = takes_money = purpose = proved = None
    if answer["mechanism"] is not None:
        attained, takes_money = attained_by(question, *mechanism_of(env, answer["mechanism"]))
    if answer["multipliers"] is not None:
        purpose, unfold = prices_of(question, answer["multipliers"])
        require(purpose != "money" or question.outside_money, "multipliers: outside money is not allowed")
        lagrangian = Lagrangian(question, purpose)
        for price in unfold(lagrangian.payments):
            lagrangian.price(*price)
        proved = lagrangian.least()
        require(purpose == "bound" or proved > 0, f"multipliers: they prove nothing, as {short(proved)} <= 0")
    for field, right in right_claim(question, attained, takes_money, purpose, proved).items():
        said = answer["claim"][field]
        require(said == right, f"claim.{field}: said {short(said)}, found {short(right)}")
    words = [f"{field} {short(said)}" for field, said in answer["claim"].items() if said not in (None, False)]
    asked = [f"{part} {short(json.dumps(value))}" for part, value in answer["question"].items()]
    return f"{', '.join(words)} ({', '.join(asked)})"

def judge(instance_path, answer_path, known):
    """The exit status, and the line to print."""
    try:
        return 0, f"verified: {check(instance_path, answer_path, known)}"
    except Refuted as error:
        return 1, f"refuted: {error}"
    except Refused as error:
        return 2, f"refused: {error}"
    except (RecursionError, MemoryError):
        return 2, f"refused: {answer_path}: found too much, or too deep lists or objects, expected less"

def main(arguments):
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    sys.stdin.reconfigure(errors="surrogateescape")
    sys.stdout.reconfigure(errors="backslashreplace")
    if len(arguments) != 2 and arguments != ["-"]:
        sys.exit(__doc__)
    lines = [arguments] if len(arguments) == 2 else (line.rstrip("\r\n").split("\t") for line in sys.stdin)
    known, statuses = {}, [0]
    for paths in lines:
        status, line = judge(*(paths + [""])[:2], known)
        print(line, flush=True)
        statuses.append(status if len(arguments) == 2 else min(status, 1))
    return max(statuses)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
