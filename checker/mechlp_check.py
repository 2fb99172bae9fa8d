#!/usr/bin/env python3
"""An independent checker of answers in mechanism design (answer format 2).

    python3 mechlp_check.py INSTANCE ANSWER     checks one answer
    python3 mechlp_check.py -                   reads lines INSTANCE<tab>ANSWER from standard input
prints a line for each answer, and exits with the status in brackets (with `-`: 1 if any is not verified):
    verified: what is claimed, in words (0)
    refuted:  which requirement fails where and by how much, or what in the claim is wrong (1)
    refused:  where a file is not of the format, what was found and what is expected (2)

What is checked. That the answer belongs to the instance (digest, labels). That its mechanism, worked out at
every profile, meets every requirement of the question, each from its definition. That its multipliers prove a
bound: L, the objective less the sum of prices times slacks, must not depend on payments nor fall with outside
money, and is minimised over all lotteries that are allowed. Each field of the claim must follow from these two.
What is trusted: Python with its big integers and fractions, SHA-256, and the definitions in answer-format.md,
from which alone this was written. Nothing is rounded.

How to read it. Agents, types, outcomes and profiles are places from 0: i is an agent, a its type, b a report,
s a profile, x an outcome. A lottery is a sorted tuple of (outcome, probability > 0). So that most numbers are
whole, the instance's money is counted in 1/unit, and its probabilities in 1/mass.
"""
import hashlib, json, re, sys
from collections import Counter
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import lcm, prod
from operator import add, mul

class Refused(Exception):
    """A file is not of the format."""

class Refuted(Exception):
    """The answer is wrong."""

def require(condition, problem):
    if not condition:
        raise Refuted(problem)

def short(value):
    text = " ".join(str(value).split())
    return text if len(text) <= 90 else f"{text[:70]}... ({len(text)} characters)"

def expect(condition, where, found, expected):
    if not condition:
        raise Refused(f"{where}: found {short(json.dumps(found, default=str))}, expected {expected}")

# ---- Reading JSON -------------------------------------------------------------------------------------------

class Number(str):
    """A JSON number, kept as its text."""

def load(path):
    def fail(problem):
        raise ValueError(problem)
    def fields(pairs):
        return dict(pairs) if len(dict(pairs)) == len(pairs) else fail("an object with the same field twice")
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file, parse_int=Number, parse_float=Number, parse_constant=fail, object_pairs_hook=fields)
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: found {short(error)}, expected a JSON file") from None

# By name: the kind of a value (a Number is a text, too), how it is written, and what it says.
SIMPLE = {"text": (str, r"(?s)[^\ud800-\udfff]*", str), "label": (str, r"(?s)[^\ud800-\udfff]+", str),
          "integer": (Number, "-?[0-9]{1,16}", int), "whole number": (str, "-?[0-9]{1,20000}", int),
          "number": (str, "-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,4})?|-?[0-9]+/0*[1-9][0-9]*", Fraction)}

def read(value, where, shape):
    """What a value says if it is of the shape: a function; a name from SIMPLE, or choices as "this|that"; [shape
    of all entries]; {field: shape} where a field with ? may be absent; a tuple of such objects, told by `kind`."""
    if callable(shape):
        return shape(value, where)
    if isinstance(shape, list):
        return [read(entry, f"{where}[{k}]", shape[0]) for k, entry in enumerate(sized(value, where))]
    if isinstance(shape, tuple):
        kinds = {option["kind"]: option for option in shape}
        kind = read(value.get("kind") if isinstance(value, dict) else value, f"{where}.kind", "|".join(kinds))
        return read(value, where, kinds[kind])
    if isinstance(shape, dict):
        shapes = {field.rstrip("?"): entry for field, entry in shape.items()}
        expect(isinstance(value, dict) and all(field in value or field[-1] == "?" for field in shape), where, value,
               "an object with " + ", ".join(shape))
        for field in value:
            expect(field in shapes, where, field, "no field but " + ", ".join(shapes))
        return {field: read(entry, f"{where}.{field}", shapes[field]) for field, entry in value.items()}
    if shape in SIMPLE:
        kind, pattern, meaning = SIMPLE[shape]
        expect(isinstance(value, kind) and len(value) <= 50000 and re.fullmatch(pattern, value), where, value, f"a {shape}")
        return meaning(value)
    expect(type(value) is str and value in shape.split("|"), where, value, shape)
    return value

def sized(value, where, length=None):
    found = f"a list of {len(value)}" if isinstance(value, list) and length is not None else value
    expect(isinstance(value, list) and length in (None, len(value)), where, found, f"a list of {length or 'entries'}")
    return value

def table(value, where, lengths, shape):
    """The leaves of lists within lists of these lengths, in order."""
    return [read(value, where, shape)] if not lengths else [leaf for k, entry in enumerate(
        sized(value, where, lengths[0])) for leaf in table(entry, f"{where}[{k}]", lengths[1:], shape)]

def boolean(value, where):
    expect(isinstance(value, bool), where, value, "true or false")
    return value

def nullable(shape):
    return lambda value, where: None if value is None else read(value, where, shape)

def anything(value, where):
    return value

def distinct(value, where):
    found = read(value, where, ["label"])
    expect(len(set(found)) == len(found) > 0, where, value, "labels, all different, at least one")
    return found

def form_of(*forms):
    """An object with one field, as (field, content); what is no object is ("constant", content) where that may be."""
    def reader(value, where):
        expect(not isinstance(value, dict) or (len(value) == 1 and "constant" not in value), where, value, " or ".join(forms))
        form, content = next(iter(value.items())) if isinstance(value, dict) else ("constant", value)
        expect(form in forms, where, value, " or ".join(forms))
        return form, content
    return reader

def vector(value, where):
    content = read(value, where, {"over": "whole number", "entries": ["whole number"]})
    expect(content["over"] > 0, where, value["over"], "a positive denominator")
    return [Fraction(entry, content["over"]) for entry in content["entries"]]

def rule(value, where):
    return read(value, where, RULE)

def mechanism(value, where):
    return read(value, where, ROWS if isinstance(value, dict) and "profiles" in value else PARTS)

QUESTION = {
    "ic": "none|bayesian|ex-post|dominant", "ir": "none|ex-ante|interim|ex-post", "budget": "none|ex-ante|ex-post",
    "balance": "exact|no-deficit", "objective": "feasibility|min-subsidy|min-worst-subsidy|max-surplus|max-gains",
    "allocation": "efficient|given|free", "ties": "optimise|first|last|uniform", "icSlack?": "number",
    "neverPaid?": lambda value, where: read(value, where, distinct if isinstance(value, list) else "all"),
    "paymentCaps?": lambda value, where: (
        {name: read(cap, f"{where}.{name}", "number") for name, cap in value.items()}
        if isinstance(value, dict) else read(value, where, "number"))}
INSTANCE = {
    "$schema?": "text", "name?": "text", "description?": "text", "outcomes": distinct, "allocation?": anything,
    "agents": [{"name": "label", "types": distinct, "values": form_of("byType", "byProfile"), "prior?": ["number"],
                "weights?": ["number"], "outsideOption?": form_of("constant", "byType", "byProfile")}],
    "prior?": form_of("joint", "weights"), "cost?": form_of("constant", "byOutcome", "byProfile"),
    "question?": {field.rstrip("?") + "?": shape for field, shape in QUESTION.items()}}
RULE = (
    {"kind": "given"}, {"kind": "efficient", "ties": "first|last|uniform"},
    {"kind": "priced", "among": "efficient|all", "perOutcome": [["whole number"]], "perCost": "whole number"},
    {"kind": "mixture", "parts": [{"weight": "number", "rule": rule}]},
    {"kind": "except", "rule": rule, "lotteries": [{"profile": "integer", "lottery": anything}]},
    {"kind": "table", "lotteries": anything})
PARTS = {
    "alike": boolean, "rule": rule,
    "payments": [({"kind": "sum", "byType": [nullable(vector)], "onCost": "number", "onValue": boolean},
                  {"kind": "menu", "prices": vector}, {"kind": "table", "amounts": vector})],
    "outsideMoney": ({"kind": "constant", "amount": "number"}, {"kind": "missing"},
                     {"kind": "table", "amounts": vector})}
ROWS = {"profiles": [{"types": ["label"], "outcome": anything, "payments": ["number"], "subsidy?": "number"}]}
PRICES = (
    {"kind": "list", "on": "incentive|participation|budget|transfers|cap", "entries": [anything],
     "columns": ["agent|type|report|profile|reported"]},
    {"kind": "profiles", "on": "participation|budget", "agent?": "integer", "weights": vector},
    {"kind": "ranges", "on": "budget", "weight": "number", "ranges": [["integer"]]},
    {"kind": "paths", "paths": [({"kind": "profiles", "parents": ["integer"]},
                                 {"kind": "menu", "ties": "first|last", "keepers": ["integer"]})]})
ANSWER = {
    "$schema?": "text", "format": "mechlp-answer-2", "program": {"name": "text", "version": "text"},
    "instance": {"name": "text", "digest": "text", "agents": [{"name": "text", "types": ["text"]}],
                 "outcomes": ["text"]},
    "question": QUESTION, "mechanism": nullable(mechanism),
    "claim": {"verdict": "possible|impossible|undecided", "infeasible": boolean, "unbounded": boolean,
              "contradiction": nullable("number"), "lower": nullable("number"), "upper": nullable("number")},
    "multipliers": nullable({"purpose": "bound|infeasibility", "alike": boolean, "prices": [PRICES]})}

# ---- The instance ----------------------------------------------------------------------------------------------------

def over_common(numbers):
    """(d, n) with whole n[k] such that numbers[k] is n[k] / d."""
    over = lcm(*{entry.denominator for entry in numbers})
    return over, [entry.numerator * (over // entry.denominator) for entry in numbers]

def chances(numbers, where, divide):
    """Probabilities with sum 1, or weights, which are divided by their sum."""
    total = sum(numbers)
    expect(min(numbers) >= 0 < total and (divide or total == 1), where, [str(number) for number in numbers],
           "weights >= 0" if divide else "numbers >= 0 with sum 1")
    return [number / total for number in numbers]

def lottery(pairs, where):
    """The lottery of pairs of an outcome and its probability."""
    expect(len(dict(pairs)) == len(pairs) and sum(p for x, p in pairs) == 1 and all(p >= 0 for x, p in pairs), where,
           [(x, str(p)) for x, p in pairs], "different outcomes with probabilities >= 0 that sum to 1")
    return tuple(sorted((x, p) for x, p in pairs if p))

def uniform(outcomes):
    return tuple((x, Fraction(1, len(outcomes))) for x in sorted(outcomes)) if outcomes[1:] else ((outcomes[0], 1),)

def worth(row, chosen):
    """What a lottery is worth in expectation where row[x] is what outcome x is worth."""
    return row[chosen[0][0]] if len(chosen) == 1 else sum(p * row[x] for x, p in chosen)

class Environment:
    """What an instance file says, by profile, and its digest."""
    def __init__(self, data):
        expect(not isinstance(data, dict) or "model" not in data, "instance", "a family of models",
               "one that is written out: export it first with `mechlp export INSTANCE --format instance`")
        data = read(data, "instance", INSTANCE)
        agents, self.outcomes = data["agents"], data["outcomes"]
        self.names = distinct([agent["name"] for agent in agents], "instance.agents")
        self.labels = [agent["types"] for agent in agents]
        counts, self.width = [len(types) for types in self.labels], len(self.outcomes)
        expect(prod(counts) <= 2000000, "instance", f"{prod(counts)} profiles", "at most 2000000")
        self.agents, self.profiles, self.counts = range(len(agents)), range(prod(counts)), counts
        self.strides = [prod(counts[i + 1:]) for i in self.agents]
        self.types = [[s // self.strides[i] % counts[i] for s in self.profiles] for i in self.agents]
        # lines[i] has for every profile of the others the profiles by i's type
        self.lines = [[range(s, s + counts[i] * self.strides[i], self.strides[i]) for s in self.profiles
                       if self.types[i][s] == 0] for i in self.agents]
        digest, money = [], []
        def amounts(form, content, where, i=0):
            form = form.replace("by", "").lower()
            axes = {"constant": [], "type": [counts[i]], "profile": counts, "outcome": [self.width]}
            lengths = [length for axis in form.split("-") for length in axes[axis]]
            money.append((form, table(content, f"instance.{where}", lengths, "number"), i))
            return [[form], money[-1][1]]
        for i, agent in enumerate(agents):
            form, content = agent["values"]
            digest += [["agent", self.names[i], *self.labels[i]],
                       *amounts(form + "-outcome", content, f"agents[{i}].values", i)]
            option = amounts(*agent.get("outsideOption", ("constant", "0")), f"agents[{i}].outsideOption", i)
            digest += [["outside option", *option[0]], option[1]] if "outsideOption" in agent else []
        digest += [["outcomes", *self.outcomes], *self.read_prior(agents, data.get("prior"))]
        form, content = data.get("cost", ("constant", "0"))
        inner = content if form == "byProfile" else None
        for _ in agents:
            inner = inner[0] if isinstance(inner, list) and inner else None
        cost = amounts(form + "-outcome" if isinstance(inner, list) else form, content, "cost")
        digest += [["cost", *cost[0]], cost[1]] if "cost" in data else []
        self.unit = lcm(*{amount.denominator for form, flat, i in money for amount in flat})
        *own, costs = [self.by_profile(*entry) for entry in money]
        self.values, self.options = own[::2], own[1::2]
        self.costs = [row if isinstance(row, list) else [row] * self.width for row in costs]
        self.private = [all(values[line[a]] == values[lines[0][a]] for line in lines for a in range(len(line)))
                        for values, lines in zip(self.values, self.lines)]
        welfare = [[sum(values) - cost for cost, *values in zip(*rows)] for rows in zip(self.costs, *self.values)]
        self.efficient = [[x for x in range(self.width) if row[x] == best] for row, best in zip(welfare, map(max, welfare))]
        self.given = None
        if "allocation" in data:
            given = table(data["allocation"], "instance.allocation", counts, self.pairs_by_label)
            digest += [[part for pair in pairs if pair[1] for part in pair] for pairs in given]
            self.given = [lottery(pairs, "instance.allocation") for pairs in given]
        lines = (json.dumps(list(map(str, line)), ensure_ascii=False, separators=(",", ":")) + "\n" for line in digest)
        self.digest = hashlib.sha256("".join(lines).encode()).hexdigest()

    def by_profile(self, form, flat, i):
        """For every profile an amount in units, or a row of amounts by outcome."""
        flat = [amount.numerator * (self.unit // amount.denominator) for amount in flat]
        if form.endswith("outcome"):
            flat = [flat[k:k + self.width] for k in range(0, len(flat), self.width)]
        return (flat if form.startswith("profile") else [flat[a] for a in self.types[i]] if form.startswith("type")
                else flat * len(self.profiles))

    def read_prior(self, agents, joint):
        """Sets the prior by profile and every agent's beliefs by profile, in 1/mass. Returns the digest's lines."""
        where, own = "instance.agents[{}]", []
        for i, agent in enumerate(agents):
            expect(("prior" in agent) + ("weights" in agent) == (not joint), where.format(i), list(agent),
                   "a joint prior, or else for each agent a prior or weights")
            given = [] if joint else sized(agent.get("prior", agent.get("weights")), where.format(i), self.counts[i])
            own += [chances(given, where.format(i), "weights" in agent)] if given else []
        if joint:
            flat = table(joint[1], "instance.prior", self.counts, "number")
            prior, beliefs = chances(flat, "instance.prior", joint[0] == "weights"), []
            for lines, types in zip(self.lines, self.types):
                totals = [sum(prior[line[a]] for line in lines) for a in range(len(lines[0]))]
                expect(all(totals), "instance.prior", "a type with probability 0", "none in a joint prior")
                beliefs += [p / totals[a] for p, a in zip(prior, types)]
        else:
            prior = list(map(prod, product(*own)))
            beliefs = [prod(others) for i in self.agents for others in
                       product(*own[:i], [Fraction(1)] * self.counts[i], *own[i + 1:])]
        self.mass, flat = over_common(prior + beliefs)
        self.own = None if joint else own  # by agent, if types are independent
        self.prior, *self.beliefs = [flat[k:k + len(prior)] for k in range(0, len(flat), len(prior))]
        return [["prior", "joint"], prior] if joint else [["prior", "independent"], *own]

    def pairs_by_label(self, value, where):
        """Pairs of an outcome and its probability, from a label or from probabilities by label."""
        value = value if isinstance(value, dict) else {read(value, where, "label"): "1"}
        for name in value:
            expect(name in self.outcomes, where, name, "an outcome")
        return [(self.outcomes.index(name), read(p, where, "number")) for name, p in value.items()]

    def by_place(self, value, where):
        """The lottery that is told by an outcome's place, or by pairs of a place and a probability."""
        pairs = [(read(x, where, "integer"), read(p, where, "number")) for x, p in (
            (sized(pair, where, 2) for pair in value) if isinstance(value, list) else [(value, "1")])]
        for x, p in pairs:
            expect(0 <= x < self.width, where, x, "the place of an outcome")
        return lottery(pairs, where)

    def terms(self, i, a, s):
        """Profiles and weights (in 1/mass): profile s, or what agent i of type a expects, or the prior."""
        if s is not None:
            return [(s, self.mass)]
        return enumerate(self.prior) if a is None else [(line[a], self.beliefs[i][line[a]]) for line in self.lines[i]]

    def told(self, i, a, s):
        """Words for an agent, its type, and a profile."""
        return ("" if i is None else f" of {self.names[i]}") + ("" if a is None else f" with type {self.labels[i][a]}") + (
            "" if s is None else f" at ({', '.join(own[types[s]] for own, types in zip(self.labels, self.types))})")

class Alike:
    """For agents who are alike: what exchanging neighbours does, and orbits."""
    def __init__(self, env, where):
        require(env.own and all(env.private) and all(own == env.own[0] for own in env.own),
                f"{where}: agents are not alike in their types, or values depend on others' types")
        self.env, self.exchanges = env, []  # of i and i + 1: agents, profiles and outcomes that they turn into
        rows = [[env.values[i][s] for s in env.lines[i][0]] for i in env.agents]
        def respects(x, agents, profiles):
            """All that there is to say of an outcome, with agents and profiles in this order."""
            return [[row[x] for i in agents for row in rows[i]], [env.costs[s][x] for s in profiles]]
        for i in env.agents[:-1]:
            who = [*range(i), i + 1, i, *env.agents[i + 2:]]
            to = [s + (env.types[i + 1][s] - env.types[i][s]) * (env.strides[i] - env.strides[i + 1]) for s in env.profiles]
            # Sorting is stable: outcomes that are the same in every respect keep their order.
            old, new = ([(respects(x, *order), x) for x in range(env.width)] for order in ((env.agents, env.profiles), (who, to)))
            pairs = list(zip(sorted(old), sorted(new)))
            require(all(one[0] == other[0] for one, other in pairs) and all(
                env.options[j][s] == env.options[who[j]][to[s]] for j in env.agents for s in env.profiles),
                f"{where}: {env.names[i]} and {env.names[i + 1]} are not alike in values, costs or outside options")
            image = dict((other[1], one[1]) for one, other in pairs)
            self.exchanges.append((who, to, image))
        self.own, slots, orbits = [], {}, {}
        for s, types in enumerate(zip(*env.types)):
            if list(types) == sorted(types):
                orbits[types] = len(self.own)
                self.own.append(s)
                slots.update({(types, a): len(slots) + k for k, a in enumerate(sorted(set(types)))})
        keys = [tuple(sorted(types)) for types in zip(*env.types)]
        self.orbit = [orbits[key] for key in keys]
        self.slots = [[slots[key, a] for key, a in zip(keys, types)] for types in env.types]

    def spread(self, s, x):
        """The outcomes that x turns into when neighbours of equal types are exchanged at s."""
        reached = [x]
        for y in reached:  # which grows meanwhile
            reached += {image[y] for who, to, image in self.exchanges if to[s] == s} - set(reached)
        return reached

    def everywhere(self, at_own):
        """The lotteries at all profiles, from those at profiles with increasing types."""
        found = []
        for s in self.env.profiles:
            found.append(at_own[self.orbit[s]])
            turned = [(to[s], tuple(sorted((image[x], p) for x, p in found[to[s]])))
                      for who, to, image in self.exchanges if to[s] <= s]
            falls = [chosen for t, chosen in turned if t < s]
            found[s] = falls[0] if falls else found[s]
            require(falls or all(chosen == found[s] for t, chosen in turned), "mechanism.rule: the lottery"
                    f"{self.env.told(None, None, s)} changes when neighbours of equal types are exchanged")
        return found

# ---- The mechanism ---------------------------------------------------------------------------------------------------

def chosen_by(env, rule, where, at, alike):
    """The lotteries that a rule chooses at the profiles `at`."""
    def single(s, x):
        return uniform(alike.spread(s, x) if alike else [x])
    kind = rule["kind"]
    if kind == "given":
        expect(env.given, where, kind, "a rule that the instance has")
        return [env.given[s] for s in at]
    if kind == "efficient":
        place = {"first": 0, "last": -1, "uniform": None}[rule["ties"]]
        return [uniform(env.efficient[s]) if place is None else single(s, env.efficient[s][place]) for s in at]
    if kind == "priced":
        return [single(s, x) for s, x in zip(at, priced(env, rule, where, at, alike))]
    if kind == "mixture":
        mixed = [Counter() for s in at]
        expect(sum(part["weight"] for part in rule["parts"]) == 1, where, len(rule["parts"]), "parts whose weights sum to 1")
        for k, part in enumerate(rule["parts"]):
            for total, chosen in zip(mixed, chosen_by(env, part["rule"], f"{where}.parts[{k}].rule", at, alike)):
                for x, p in chosen:
                    total[x] += part["weight"] * p
        return [lottery(list(total.items()), where) for total in mixed]
    where += ".lotteries"
    if kind == "table":
        listed = sized(rule["lotteries"], where, len(at))
        return [env.by_place(value, f"{where}[{k}]") for k, value in enumerate(listed)]
    chosen, listed = dict(zip(at, chosen_by(env, rule["rule"], f"{where}.rule", at, alike))), set()
    for k, entry in enumerate(rule["lotteries"]):
        expect(entry["profile"] in set(chosen) - listed, f"{where}[{k}]", entry["profile"], "a profile of the table, once")
        listed.add(entry["profile"])
        chosen[entry["profile"]] = env.by_place(entry["lottery"], f"{where}[{k}]")
    return list(chosen.values())

def priced(env, rule, where, at, alike):
    """The first outcome of largest worth, at each profile."""
    prices = [sized(row, f"{where}.perOutcome[{i}]", env.counts[i] * env.width) for i, row in zip(
        env.agents, sized(rule["perOutcome"], f"{where}.perOutcome", len(env.agents)))]
    prices = [[row[k:k + env.width] for k in range(0, len(row), env.width)] for row in prices]
    for who, to, image in alike.exchanges if alike else ():
        require(all(prices[j][a][x] == prices[who[j]][a][image[x]] for j in env.agents for a in range(env.counts[j])
                    for x in range(env.width)), f"{where}.perOutcome: it changes when agents are exchanged")
    for s in at:
        rows = [prices[i][env.types[i][s]] for i in env.agents]
        never = [rows[i] for i in env.agents if env.own and env.own[i][env.types[i][s]] == 0]
        worths = [env.unit * sum(row) - rule["perCost"] * cost for cost, *row in zip(env.costs[s], *rows)]
        if never:
            worths = never[0] if len(never) == 1 else [0] * env.width
        yield max(env.efficient[s] if rule["among"] == "efficient" else range(env.width), key=worths.__getitem__)

def worked_out(env, told):
    """Lotteries, every agent's payments, and outside money at all profiles; money is in units."""
    if "profiles" in told:
        rows = sized(told["profiles"], "mechanism.profiles", len(env.profiles))
        for s, row in enumerate(rows):
            types = [own[types[s]] for own, types in zip(env.labels, env.types)]
            expect(row["types"] == types, f"mechanism.profiles[{s}].types", row["types"], str(types))
            sized(row["payments"], f"mechanism.profiles[{s}].payments", len(env.agents))
        return ([lottery(env.pairs_by_label(row["outcome"], f"mechanism.profiles[{s}]"), f"mechanism.profiles[{s}]")
                 for s, row in enumerate(rows)], [[row["payments"][i] * env.unit for row in rows] for i in env.agents],
                [row.get("subsidy", 0) * env.unit for row in rows])
    alike = Alike(env, "mechanism.alike") if told["alike"] else None
    lotteries = chosen_by(env, told["rule"], "mechanism.rule", alike.own if alike else env.profiles, alike)
    lotteries = alike.everywhere(lotteries) if alike else lotteries
    costs = [worth(row, chosen) for row, chosen in zip(env.costs, lotteries)]
    forms = sized(told["payments"], "mechanism.payments", 1 if alike else len(env.agents))
    payments = [payment_of(env, i, forms[0 if alike else i], f"mechanism.payments[{0 if alike else i}]", lotteries, costs, alike)
                for i in env.agents]
    form = told["outsideMoney"]
    if form["kind"] == "missing":
        return lotteries, payments, [max(0, cost - sum(paid)) for cost, *paid in zip(costs, *payments)]
    amounts, places = [form.get("amount")], [0] * len(env.profiles)
    if form["kind"] == "table":
        places = alike.orbit if alike else env.profiles
        amounts = sized(form["amounts"], "mechanism.outsideMoney", max(places) + 1)
    return lotteries, payments, [amounts[place] * env.unit for place in places]

def payment_of(env, i, form, where, lotteries, costs, alike):
    """What agent i pays at all profiles, in units."""
    if form["kind"] == "table":
        places = alike.slots[i] if alike else env.profiles
        amounts = sized(form["amounts"], where, max(map(max, alike.slots)) + 1 if alike else len(places))
        return [amounts[place] * env.unit for place in places]
    if form["kind"] == "menu":
        require(not alike and env.width == 2 and all(len(chosen) == 1 for chosen in lotteries),
                f"{where}: a menu is for two outcomes without lotteries, and agents who are not alike")
        prices, amounts = sized(form["prices"], where, 2 * env.counts[i] + 2), [0] * len(env.profiles)
        for line in env.lines[i]:
            cut = sum(lotteries[s][0][0] == 0 for s in line)
            for s in line:
                amounts[s] = prices[2 * cut + lotteries[s][0][0]] * env.unit
        return amounts
    by_type = sized(form["byType"], where, 2 if alike else len(env.agents))
    amounts = [form["onCost"] * cost for cost in costs]
    for j in env.agents:
        content = by_type[j if not alike else 0 if j == i else 1]
        own = [amount * env.unit for amount in sized(content, where, env.counts[j])] if content else [0] * env.counts[j]
        amounts = [amount + own[a] for amount, a in zip(amounts, env.types[j])]
    if form["onValue"]:
        beyond = [worth(row, chosen) - option for row, chosen, option in zip(env.values[i], lotteries, env.options[i])]
        amounts = list(map(add, amounts, beyond))
    return amounts

# ---- The requirements ------------------------------------------------------------------------------------------------

LEVELS = {"none": 0, "ex-ante": 1, "interim": 2, "bayesian": 2, "ex-post": 3, "dominant": 3}

def attained_by(env, question, allowed, lotteries, payments, money):
    """The objective of a mechanism, which is refuted if it fails a requirement."""
    for s, chosen in enumerate(lotteries):
        require(chosen == allowed[s] if isinstance(allowed[s], tuple) else all(x in allowed[s] for x, p in chosen),
                f"mechanism: the question does not allow what is chosen{env.told(None, None, s)}")
    fine, flat = over_common([amount for amounts in (*payments, money) for amount in amounts])
    *payments, money = [flat[k:k + len(money)] for k in range(0, len(flat), len(money))]
    scale = fine * env.unit  # money is counted in 1/scale from here on
    def demand(slack, over, name, i=None, a=None, s=None, exactly=False):
        if slack < 0 or (exactly and slack):
            raise Refuted(f"mechanism: {name}{env.told(i, a, s)} fails, slack {short(Fraction(slack) / (over * scale))}")
    def demand_all(slacks, level, name, i=None, exactly=False):
        """Demands slacks by profile at each profile (level 3), in expectation for i's types (2), or ex ante (1)."""
        places = {0: [], 1: [(None, None)], 2: [(a, None) for a in range(env.counts[i or 0])], 3: [(None, s) for s in env.profiles]}
        for a, s in places[level]:
            demand(sum(weight * slacks[t] for t, weight in env.terms(i, a, s)), env.mass, name, i, a, s, exactly)
    utilities = []
    for i in env.agents:
        demand_incentives(env, question, i, fine, lotteries, payments[i], demand, question["icSlack"] * scale)
        utilities.append([fine * (worth(row, chosen) - option) - paid for row, chosen, option, paid in
                          zip(env.values[i], lotteries, env.options[i], payments[i])])
        demand_all(utilities[i], LEVELS[question["ir"]], "participation", i)
        if i in question["neverPaid"]:
            demand_all(payments[i], 3, "neverPaid", i)
        if i in question["paymentCaps"]:
            demand_all([question["paymentCaps"][i] * scale - paid for paid in payments[i]], 3, "paymentCaps", i)
    surplus = [sum(paid) - fine * worth(row, chosen) for row, chosen, *paid in zip(env.costs, lotteries, *payments)]
    demand_all(list(map(add, surplus, money)), LEVELS[question["budget"]], "budget", exactly=question["balance"] == "exact")
    demand_all(money, 3, "outside money", exactly=not question["money"])
    if question["objective"] == "min-worst-subsidy":
        return Fraction(max(money), scale)
    counted = {"feasibility": [], "min-subsidy": money, "max-surplus": surplus,
               "max-gains": map(sum, zip(surplus, *utilities))}[question["objective"]]
    return Fraction(sum(map(mul, env.prior, counted))) / (env.mass * scale)

def demand_incentives(env, question, i, fine, lotteries, paid, demand, slack):
    """Demands that no report gains more than `slack`."""
    lines, types = env.lines[i], range(env.counts[i])
    if question["ic"] == "bayesian":
        told = [[(lotteries[line[b]], paid[line[b]]) for line in lines] for b in types]
        for a in types:
            at = [(env.beliefs[i][line[a]], env.values[i][line[a]]) for line in lines]
            got = [sum(weight * (fine * worth(row, chosen) - price) for (weight, row), (chosen, price) in zip(at, told[b]))
                   for b in types]
            for b in types:
                demand(slack * env.mass + got[a] - got[b], env.mass, f"the incentive (against {env.labels[i][b]})", i, a)
    elif question["ic"] != "none":
        dominant = question["ic"] == "dominant"  # then the true profile may be any with the own type
        rows_of = [{tuple(env.values[i][line[a]]) for line in lines} for a in types]
        for line in lines:
            menu = {(lotteries[t], paid[t]): b for b, t in enumerate(line)}  # all that reports can bring
            for a, s in enumerate(line):
                for row in rows_of[a] if dominant else [env.values[i][s]]:
                    truth = fine * worth(row, lotteries[s]) - paid[s]
                    for (chosen, price), b in menu.items():
                        gain = fine * worth(row, chosen) - price - truth
                        if gain > slack:
                            demand(slack - gain, 1, f"the incentive (against {env.labels[i][b]})", i, a, s)


# ---- The multipliers ----------------------------------------------------------------------------------------

def prices_of(env, multipliers, alike):
    """All prices but those of paths: where it stands, on what, the place of its inequality, and the price."""
    for k, block in enumerate(multipliers["prices"]):
        where = f"multipliers.prices[{k}]"
        if block["kind"] == "list":
            columns = block["columns"]
            expect(len(set(columns)) == len(columns), f"{where}.columns", columns, "different ones")
            for e, entry in enumerate(block["entries"]):
                at = f"{where}.entries[{e}]"
                *places, price = sized(entry, at, len(columns) + 1)
                yield at, block["on"], {column: read(place, at, "integer") for column, place in
                                        zip(columns, places)}, read(price, at, "number")
        elif block["kind"] == "profiles":
            each = block["on"] == "participation"
            expect(("agent" in block) == (each and not alike), where, sorted(block), "an agent if there is one for each")
            for i in ([block["agent"]] if not alike else env.agents) if each else [None]:
                told = {} if i is None else {"agent": i}
                at = env.profiles if not alike else alike.slots[i] if each else alike.orbit
                length = len(at) if not alike else max(map(max, alike.slots)) + 1 if each else len(alike.own)
                weights = sized(block["weights"], f"{where}.weights", length)
                yield from ((where, block["on"], {**told, "profile": s}, weights[at[s]]) for s in env.profiles)
        elif block["kind"] == "ranges":
            for first, end in (sized(pair, f"{where}.ranges", 2) for pair in block["ranges"]):
                expect(0 <= first <= end <= len(env.profiles), f"{where}.ranges", [first, end], "from <= to, both profiles")
                for s in range(first, end):
                    yield where, "budget", {"profile": s}, block["weight"] * Fraction(env.prior[s], env.mass)

def check_price(env, question, alike, where, on, price, agent=None, type=None, report=None, profile=None, reported=None):
    """Refutes a price that is negative, or on something that the question does not require."""
    expect((agent is None) == (on == "budget"), where, on, "an agent, but for the budget")
    count = len(env.agents) if agent is None else 0 if not 0 <= agent < len(env.agents) else env.counts[agent]
    for name, place, end in (("agent", agent, len(env.agents)), ("type", type, count), ("report", report, count),
                             ("profile", profile, len(env.profiles)), ("reported", reported, len(env.profiles))):
        expect(place is None or 0 <= place < end, where, f"{name} {place}", f"a place from 0 to {end - 1}")
    expect(agent is not None or type is None, where, "a type", "no type, for want of an agent")
    if on == "incentive":
        expect(None not in (type, report) and type != report, where, [type, report], "a type and another report")
        expect(reported is None or (profile is not None and question["ic"] == "dominant"
               and env.types[agent][reported] == type), where, reported, "reports with the type, for ic: dominant")
        expect(not alike or profile is None, where, profile, "no incentive at a profile, for agents who are alike")
    else:
        expect(report is None and reported is None, where, "reports", "these on incentives only")
    expect(None in (profile, type) or env.types[agent][profile] == type, where, type, "the type at the profile")
    level = {"incentive": LEVELS[question["ic"]], "participation": LEVELS[question["ir"]],
             "budget": LEVELS[question["budget"]], "transfers": 3 * (agent in question["neverPaid"]),
             "cap": 3 * (agent in question["paymentCaps"])}[on]
    require(level >= (3 if profile is not None else 2 if type is not None else 1),
            f"{where}: the price on {on}{env.told(agent, type, profile)} is on nothing that the question requires")
    require(price >= 0 or (on == "budget" and question["balance"] == "exact"),
            f"{where}: the price on {on}{env.told(agent, type, profile)} is negative: {short(price)}")

def proved_by(env, question, allowed, multipliers):
    """The number that the multipliers prove."""
    alike = Alike(env, "multipliers.alike") if multipliers["alike"] else None
    told, paths = [], [block["paths"] for block in multipliers["prices"] if block["kind"] == "paths"]
    for where, on, place, price in prices_of(env, multipliers, alike):
        for i in env.agents if alike and on != "budget" and "agent" not in place else [place.get("agent")]:
            check_price(env, question, alike, where, on, price, **{**place, "agent": i})
            told.append((on, {**place, "agent": i}, price))
    over, prices = over_common([price for on, place, price in told])
    # L in 1/(over mass unit): a constant, the coefficients of payments (in 1/(over mass)) and of lotteries. And the
    # price of outside money, in 1/(over mass).
    constant, money = [0], [0] * len(env.profiles)
    paid, chosen = [money[:] for i in env.agents], [[0] * env.width for s in env.profiles]
    def lottery_worth(s, weight, row):
        chosen[s] = [entry + weight * value for entry, value in zip(chosen[s], row)]
    def subtract(weight, on, i, s, a=None, b=None, reported=None):
        """Takes weight times the slack at profile s from L."""
        if on == "budget":
            for payments in paid:
                payments[s] -= weight
            lottery_worth(s, weight, env.costs[s])
            money[s] += weight
        elif on == "transfers":
            paid[i][s] -= weight
        else:
            truth = s if reported is None else reported
            paid[i][truth] += weight
            if on == "cap":
                constant[0] -= weight * env.unit * question["paymentCaps"][i]
                return
            lottery_worth(truth, -weight, env.values[i][s])
            if on == "participation":
                constant[0] += weight * env.options[i][s]
            else:
                lie = truth + (b - a) * env.strides[i]
                paid[i][lie] -= weight
                lottery_worth(lie, weight, env.values[i][s])
                constant[0] -= weight * env.unit * question["icSlack"]
    bound = multipliers["purpose"] == "bound"
    for s in env.profiles if bound and question["objective"].startswith("max") else ():
        weight = over * env.prior[s]
        lottery_worth(s, weight, env.costs[s])
        for i in env.agents:
            if question["objective"] == "max-surplus":
                paid[i][s] -= weight
            else:
                lottery_worth(s, -weight, env.values[i][s])
                constant[0] += weight * env.options[i][s]
    for (on, place, _), price in zip(told, prices):
        i, a = place["agent"], place.get("type")
        for s, weight in env.terms(i, a, place.get("profile")) if price else ():
            subtract(price * weight, on, i, s, a, place.get("report"), place.get("reported"))
    expect(len(paths) <= 1 and not (paths and alike), "multipliers.prices", "paths", "one such block, and none if alike")
    for i, path in enumerate(sized(paths[0], "paths", len(env.agents)) if paths else ()):
        where = f"multipliers: path{env.told(i, None, None)}"
        parents = parents_of(env, i, path, where)
        for line in env.lines[i]:
            for a in downwards([parents[s] for s in line], where):
                s, b = line[a], parents[line[a]]
                flow = -paid[i][s]  # what flows in is in paid already, by the incentives of those who have a as parent
                on = "participation" if b < 0 else "incentive"
                require(flow >= 0, f"{where}: the flow{env.told(None, None, s)} is negative")
                require(flow == 0 or LEVELS[question["ir" if b < 0 else "ic"]] == 3,
                        f"{where}: a price on {on} at a profile, which the question does not require")
                subtract(flow, on, i, s, a, b)
    scale = over * env.mass
    for i in env.agents:
        for s in env.profiles:
            require(paid[i][s] == 0, f"multipliers: the payment{env.told(i, None, s)} does not cancel, its coefficient"
                    f" is {short(Fraction(paid[i][s], scale))}")
    limits = [over * p for p in env.prior] if bound else [0] * len(money)
    for s in env.profiles if question["money"] and not (bound and question["objective"] == "min-worst-subsidy") else ():
        require(money[s] <= limits[s], f"multipliers: outside money{env.told(None, None, s)} is worth "
                f"{short(Fraction(money[s], scale))}, more than {short(Fraction(limits[s], scale))}")
    require(not question["money"] or sum(price for price in money if price > 0) <= scale or not bound,
            "multipliers: the positive prices of outside money sum to more than 1")
    least = sum(worth(row, may) if isinstance(may, tuple) else min(row[x] for x in may) for row, may in zip(chosen, allowed))
    return Fraction(constant[0] + least) / (scale * env.unit)

def downwards(parents, where):
    """All types in an order in which each comes before its parent."""
    children, order = Counter(parents), []
    order = [a for a in range(len(parents)) if not children[a]]
    for a in order:  # which grows meanwhile
        children[parents[a]] -= 1
        order += [parents[a]] if parents[a] >= 0 and not children[parents[a]] else []
    require(len(order) == len(parents), f"{where}: parents go round in a circle")
    return order

def parents_of(env, i, path, where):
    """The parent of agent i at every profile."""
    count = env.counts[i]
    if path["kind"] == "profiles":
        parents = sized(path["parents"], where, len(env.profiles))
        for s, parent in enumerate(parents):
            expect(-1 <= parent < count and parent != env.types[i][s], where, parent, "another type, or -1")
        return parents
    keepers, parents = sized(path["keepers"], where, 2 * count + 2), [None] * len(env.profiles)
    expect(env.width == 2 and env.private[i], where, "menu", "two outcomes, and values that depend on the own type")
    order = sorted(range(count), key=lambda a: env.values[i][env.lines[i][0][a]][1] - env.values[i][env.lines[i][0][a]][0])
    for k in range(count + 1):
        for x, takers in enumerate((order[:k], order[k:])):
            keeper = keepers[2 * k + x]
            expect(keeper in takers or (keeper == -1 and takers) or (keeper == -2 and not takers), f"{where}.keepers[{2 * k + x}]",
                   keeper, "a type that gets the outcome, -1, or -2 if none does")
    for line in env.lines[i]:
        gets = [env.efficient[s][0 if path["ties"] == "first" else -1] for s in line]
        cut = gets.count(0)
        entries, nearest = keepers[2 * cut:2 * cut + 2], (order[cut - 1], order[cut % count])
        kept = [near if entry == -1 else entry for entry, near in zip(entries, nearest)]
        for a, s in enumerate(line):
            x = gets[a]
            parents[s] = kept[x] if a != kept[x] else -1 if entries[x] != -1 else kept[1 - x]
            expect(parents[s] >= -1, where, entries, "an outcome that somebody gets, where the other's entry is -1")
    return parents

# ---- The claim ----------------------------------------------------------------------------------------------

def asked(env, question):
    """Completes the question: parameters by agents' places, whether outside money is allowed; and what is allowed at
    every profile: a lottery (a tuple), or a list of outcomes."""
    def places(names, where):
        for name in names:
            expect(name in env.names, where, name, "an agent's name")
        return {env.names.index(name): name for name in names}
    unpaid, caps = question.get("neverPaid", []), question.get("paymentCaps", {})
    question["neverPaid"] = set(places(env.names if unpaid == "all" else unpaid, "question.neverPaid"))
    caps = caps if isinstance(caps, dict) else dict.fromkeys(env.names, caps)
    question["paymentCaps"] = {i: caps[name] for i, name in places(caps, "question.paymentCaps").items()}
    question["icSlack"] = question.get("icSlack", Fraction(0))
    expect(question["icSlack"] >= 0, "question.icSlack", question["icSlack"], "a number >= 0")
    question["money"] = question["objective"].startswith("min") and question["budget"] != "none"
    if question["allocation"] == "given":
        expect(env.given, "question.allocation", "given", "another one, as the instance has no allocation")
        return env.given
    if question["allocation"] == "free":
        return [list(range(env.width))] * len(env.profiles)
    pick = {"optimise": list, "first": lambda best: uniform(best[:1]), "last": lambda best: uniform(best[-1:]),
            "uniform": uniform}[question["ties"]]
    return list(map(pick, env.efficient))

def follows(question, counts, attained, purpose, proved):
    """The claim that follows from what a mechanism attains and what multipliers prove."""
    infeasible = purpose == "infeasibility" and proved > 0
    unbounded = (attained is not None and question["objective"] == "max-surplus" and question["ir"] == "none"
                 and (question["budget"] == "none" or question["balance"] == "no-deficit")
                 and len(question["paymentCaps"]) < len(counts))
    bound, lower, upper = proved if purpose == "bound" else None, None, None
    if not infeasible and question["objective"].startswith("max"):
        lower, upper = attained, None if unbounded or bound is None else -bound
    elif not infeasible:
        lower, upper = max(0, bound or 0), attained
    if infeasible:
        verdict = "impossible"
    elif question["objective"].startswith("min"):
        verdict = "impossible" if lower > 0 else "possible" if upper == 0 else "undecided"
    else:
        verdict = "undecided" if attained is None else "possible"
    return {"verdict": verdict, "infeasible": infeasible, "contradiction": proved if infeasible else None,
            "unbounded": unbounded, "lower": lower, "upper": upper}

@lru_cache(maxsize=3)
def environment(path):
    return Environment(load(path))

def checked(instance, answer):
    """The claim in words, if the answer is right."""
    env, answer = environment(instance), read(load(answer), "answer", ANSWER)
    told, question, claim = answer["instance"], answer["question"], answer["claim"]
    require(told["digest"] == env.digest, f"instance.digest: said {short(told['digest'])}, found {env.digest}")
    labels = [(agent["name"], agent["types"]) for agent in told["agents"]], told["outcomes"]
    require(labels == (list(zip(env.names, env.labels)), env.outcomes), "instance: labels are not those of the instance")
    allowed, multipliers, attained, proved = asked(env, question), answer["multipliers"], None, None
    if answer["mechanism"]:
        attained = attained_by(env, question, allowed, *worked_out(env, answer["mechanism"]))
    if multipliers:
        proved = proved_by(env, question, allowed, multipliers)
    for field, found in follows(question, env.counts, attained, (multipliers or {}).get("purpose"), proved).items():
        require(claim[field] == found, f"claim.{field}: said {short(claim[field])}, found {short(found)}")
    parts = [", ".join(f"{part} {short(question[part])}" for part in list(QUESTION)[:7])] + [
        f"{name} {short(answer['question'][name])}" for name in ("neverPaid", "paymentCaps", "icSlack") if question[name]]
    if claim["infeasible"]:
        return f"{claim['verdict']}: no mechanism meets the requirements (contradiction {short(claim['contradiction'])}); {'; '.join(parts)}"
    return (f"{claim['verdict']}: the optimum is at least {short(claim['lower'])} and at most {short(claim['upper'])}"
            f"{' (unbounded)' if claim['unbounded'] else ''}; {'; '.join(parts)}")

def verdict_on(instance, answer):
    """The line to print, and the exit status."""
    try:
        return f"verified: {checked(instance, answer)}", 0
    except Refuted as problem:
        return f"refuted: {problem}", 1
    except Refused as problem:
        return f"refused: {problem}", 2
    except RecursionError:
        return "refused: found lists or objects nested too deeply, expected fewer levels", 2

def main(arguments):
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)  # newer versions of Python refuse long numbers otherwise
    sys.stdout.reconfigure(errors="backslashreplace")
    if arguments == ["-"]:
        status = 0
        for line in sys.stdin:
            paths = line.rstrip("\r\n").split("\t")
            text, code = verdict_on(*paths) if len(paths) == 2 else ("refused: expected INSTANCE<tab>ANSWER", 2)
            print(text, flush=True)
            status = max(status, min(code, 1))
        return status
    if len(arguments) != 2:
        print("usage: mechlp_check.py INSTANCE ANSWER, or mechlp_check.py - for lines INSTANCE<tab>ANSWER")
        return 2
    text, status = verdict_on(*arguments)
    print(text)
    return status

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
