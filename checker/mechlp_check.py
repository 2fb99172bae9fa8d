#!/usr/bin/env python3
"""An independent checker of answers in mechanism design (answer format 2).

    python3 mechlp_check.py INSTANCE ANSWER     checks one answer
    python3 mechlp_check.py -                   reads lines INSTANCE<tab>ANSWER from standard input

It prints a line for each answer, and exits with the status in brackets (with `-`: 1 if any is not verified):
    verified: what is claimed, in words (0)
    refuted:  which requirement fails where and by how much, or what in the claim is wrong (1)
    refused:  where a file is not of the format, what was found and what is expected (2)

What is checked: that the answer belongs to the instance (digest, labels); that its mechanism, worked out at
every profile, meets all requirements of the question; that its multipliers prove a bound, as L, the
objective less prices times slacks, does not depend on payments nor fall with outside money, and is
minimised over all allowed lotteries; then every field of the claim, which follows from these two. What is
trusted: Python with its integers and fractions, SHA-256, and the definitions in answer-format.md, from
which alone this was written.

How to read it: agents, types, outcomes and profiles are places from 0; i is an agent, a its type, b a
report, s a profile, x an outcome. A lottery is a sorted tuple of (outcome, probability > 0). Nothing is
rounded; so that most numbers are whole, money is in units of 1/unit, and probabilities are in 1/mass.
"""
import hashlib, json, re, sys
from collections import Counter
from fractions import Fraction
from itertools import product
from math import lcm, prod
from operator import mul

class Refused(Exception):
    """A file is not of the format."""
class Refuted(Exception):
    """The answer is wrong."""
class Number(str):
    """A JSON number, kept as its text."""

def require(condition, problem):
    if not condition:
        raise Refuted(problem)

def short(value):
    text = " ".join(str(value).split())
    return text if len(text) <= 90 else f"{text[:70]}... ({len(text)} characters)"

# ---- Reading JSON ------------------------------------------------------------------------------------------

def load(path):
    def fail(problem):
        raise ValueError(problem)
    def fields(pairs):
        return dict(pairs) if len(dict(pairs)) == len(pairs) else fail("an object with the same field twice")
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file, parse_int=Number, parse_float=Number, parse_constant=fail,
                             object_pairs_hook=fields)
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: found {short(error)}, expected a JSON file") from None

class Node:
    """A JSON value and where it is. Reading refuses what is not as expected, `finish` fields never read."""
    def __init__(self, value, where):
        self.value, self.where, self.parts = value, where, {}
    def expect(self, condition, expected):
        if not condition:
            raise Refused(f"{self.where}: found {short(json.dumps(self.value))}, expected {expected}")
        return self.value
    def finish(self):
        for field in self.value if isinstance(self.value, dict) else ():
            self.expect(field in self.parts, f"no field {field} beside {', '.join(self.parts)}")
        for part in self.parts.values():
            part.finish()
    def has(self, field):
        return isinstance(self.value, dict) and field in self.value
    def __getitem__(self, field):
        self.expect(self.has(field), f"an object with a field {field}")
        return self.parts.setdefault(field, Node(self.value[field], f"{self.where}.{field}"))
    def get(self, field, default):
        return self[field] if self.has(field) else Node(default, f"{self.where}.{field}")
    def items(self, length=None):
        self.expect(isinstance(self.value, list), "a list")
        self.expect(length in (None, len(self.value)), f"a list of {length}")
        nodes = [Node(entry, f"{self.where}[{k}]") for k, entry in enumerate(self.value)]
        self.parts = {k: node for k, node in enumerate(nodes) if isinstance(node.value, dict)}
        return nodes
    def matching(self, pattern, expected):
        fits = isinstance(self.value, str) and len(self.value) <= 50000 and re.fullmatch(pattern, self.value)
        return str(self.expect(fits, expected))
    def number(self):
        return Fraction(self.matching(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?|-?[0-9]+/0*[1-9][0-9]*",
                                      'an exact number such as 0.1 or "1/3"'))
    def whole(self):
        return int(self.matching("-?[0-9]{1,20000}", "a whole number"))
    def place(self, end, start=0):
        fits = isinstance(self.value, Number) and start <= self.whole() < end
        return int(self.expect(fits, f"a place from {start} to {end - 1}"))
    def label(self):
        return self.matching("[^\ud800-\udfff]+", "a label")
    def labels(self):
        found = [node.label() for node in self.items()]
        self.expect(len(set(found)) == len(found) > 0, "labels, at least one and all different")
        return found
    def text(self):
        return self.expect(type(self.value) is str, "a text")
    def choice(self, choices):
        return self.expect(type(self.value) is str and self.value in choices.split(), f"one of {choices}")
    def boolean(self):
        return self.expect(isinstance(self.value, bool), "true or false")
    def vector(self, length):
        over, entries = self["over"].whole(), self["entries"].items(length)
        self["over"].expect(over > 0, "a positive whole number")
        return [Fraction(node.whole(), over) for node in entries]
    def table(self, lengths, leaf):
        """The leaves of lists within lists of these lengths, in order."""
        if not lengths:
            return [leaf(self)]
        return [entry for node in self.items(lengths[0]) for entry in node.table(lengths[1:], leaf)]
    def lottery(self, pairs):
        fits = sum(p for x, p in pairs) == 1 and all(p >= 0 for x, p in pairs)
        self.expect(fits and len(dict(pairs)) == len(pairs), "outcomes once, probabilities >= 0 with sum 1")
        return tuple(sorted((x, p) for x, p in pairs if p))

# ---- The instance ------------------------------------------------------------------------------------------

def over_common(numbers):
    """(d, n) with whole n[k] such that numbers[k] is n[k] / d."""
    over = lcm(*{entry.denominator for entry in numbers})
    return over, [entry.numerator * (over // entry.denominator) for entry in numbers]

def pieces(flat, length):
    return [flat[k:k + length] for k in range(0, len(flat), length)]

def uniform(outcomes):
    return tuple((x, Fraction(1, len(outcomes))) for x in sorted(outcomes))

def worth(row, chosen):
    """What a lottery is worth in expectation where row[x] is what outcome x is worth."""
    return row[chosen[0][0]] if len(chosen) == 1 else sum(p * row[x] for x, p in chosen)

def by(node, *axes):
    """What a table is over, as a field `byType` or the like says, and the table; nothing for a constant."""
    found = [axis for axis in axes if node.has("by" + axis.title())][:1]
    return found, node["by" + found[0].title()] if found else node

class Environment:
    """What an instance file says, by profile, and its digest."""
    def __init__(self, data):
        data.expect(not data.has("model"), "one that is written out: export it first with "
                    "`mechlp export INSTANCE --format instance`")
        agents, self.outcomes = data["agents"].items(), data["outcomes"].labels()
        self.names = Node([agent["name"].label() for agent in agents], "instance.agents").labels()
        self.labels, self.width = [agent["types"].labels() for agent in agents], len(self.outcomes)
        self.counts = [len(types) for types in self.labels]
        data.expect(prod(self.counts) <= 2000000, "at most 2000000 profiles")
        self.agents, self.profiles = range(len(agents)), range(prod(self.counts))
        self.strides = [prod(self.counts[i + 1:]) for i in self.agents]
        self.types = [[s // self.strides[i] % self.counts[i] for s in self.profiles] for i in self.agents]
        # lines[i] has for every profile of the others the profiles by i's type
        self.lines = [[range(s, s + self.counts[i] * self.strides[i], self.strides[i])
                       for s in self.profiles if self.types[i][s] == 0] for i in self.agents]
        digest, money = [], []
        def amounts(name, axes, node, i=0):
            """Reads a table of money over these axes; returns its lines in the digest."""
            lengths = {"type": [self.counts[i]], "profile": self.counts, "outcome": [self.width]}
            money.append((axes, node.table([n for axis in axes for n in lengths[axis]], Node.number), i))
            return [[*name, "-".join(axes) or "constant"], money[-1][1]]
        for i, agent in enumerate(agents):
            axes, content = by(agent["values"], "type", "profile")
            content.expect(axes, "values byType or byProfile")
            digest.append(["agent", self.names[i], *self.labels[i]])
            digest += amounts([], axes + ["outcome"], content, i)
            axes, content = by(agent.get("outsideOption", Number(0)), "type", "profile")
            option = amounts(["outside option"], axes, content, i)
            digest += option if agent.has("outsideOption") else []
        digest += [["outcomes", *self.outcomes], *self.read_prior(data, agents)]
        axes, content = by(data.get("cost", Number(0)), "outcome", "profile")
        inner = content.value if axes == ["profile"] else None
        for _ in agents:
            inner = inner[0] if isinstance(inner, list) and inner else None
        cost = amounts(["cost"], axes + ["outcome"] * isinstance(inner, list), content)
        digest += cost if data.has("cost") else []
        self.unit = lcm(*{amount.denominator for axes, flat, i in money for amount in flat})
        *own, costs = [self.by_profile(*entry) for entry in money]
        self.values, self.options = own[::2], own[1::2]
        self.costs = [row if isinstance(row, list) else [row] * self.width for row in costs]
        self.private = all(values[line[a]] == values[lines[0][a]] for lines, values in
                           zip(self.lines, self.values) for line in lines for a in range(len(line)))
        self.efficient = []
        for rows in zip(self.costs, *self.values):
            welfare = [sum(values) - cost for cost, *values in zip(*rows)]
            best = max(welfare)
            self.efficient.append([x for x in range(self.width) if welfare[x] == best])
        self.given = None
        if data.has("allocation"):
            given = data["allocation"].table(self.counts, self.pairs_by_label)
            digest += [[part for pair in pairs if pair[1] for part in pair] for pairs in given]
            self.given = [data["allocation"].lottery(pairs) for pairs in given]
        write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        text = "".join(write([str(part) for part in line]) + "\n" for line in digest)
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        Question(self, data.get("question", {}), DEFAULTS)
        for field in ("$schema", "name", "description"):
            data.get(field, "").text()
        data.value.pop("$comment", None)  # notes for readers
        data.finish()
    def by_profile(self, axes, flat, i):
        """For every profile an amount in units, or a row of amounts by outcome."""
        flat = [amount.numerator * (self.unit // amount.denominator) for amount in flat]
        flat = pieces(flat, self.width) if "outcome" in axes else flat
        if "type" in axes:
            return [flat[a] for a in self.types[i]]
        return flat if "profile" in axes else flat * len(self.profiles)
    def read_prior(self, data, agents):
        """Sets prior and all agents' beliefs by profile, in 1/mass. Returns the digest's lines."""
        def chances(parent, field, lengths):
            node = parent["weights" if parent.has("weights") else field]
            numbers = node.table(lengths, Node.number)
            total = sum(numbers)
            node.expect(min(numbers) >= 0 < total, "numbers >= 0, not all 0")
            node.expect(parent.has("weights") or total == 1, "probabilities with sum 1")
            return [number / total for number in numbers]
        if data.has("prior"):
            self.own, prior, beliefs = None, chances(data["prior"], "joint", self.counts), []
            for lines, types in zip(self.lines, self.types):
                totals = [sum(prior[line[a]] for line in lines) for a in range(len(lines[0]))]
                data["prior"].expect(all(totals), "a joint prior without types of probability 0")
                beliefs += [p / totals[a] for p, a in zip(prior, types)]
        else:
            self.own = own = [chances(agent, "prior", [n]) for agent, n in zip(agents, self.counts)]
            prior = list(map(prod, product(*own)))
            beliefs = [prod(others) for i in self.agents
                       for others in product(*own[:i], [Fraction(1)] * self.counts[i], *own[i + 1:])]
        self.mass, flat = over_common(prior + beliefs)
        self.prior, *self.beliefs = pieces(flat, len(prior))
        return [["prior", "independent"], *self.own] if self.own else [["prior", "joint"], prior]
    def pairs_by_label(self, node):
        """Pairs of an outcome and its probability, from a label or from probabilities by label."""
        node = node if isinstance(node.value, dict) else Node({node.label(): "1"}, node.where)
        node.expect(set(node.value) <= set(self.outcomes), "labels of outcomes")
        return [(self.outcomes.index(name), node[name].number()) for name in node.value]
    def by_places(self, node):
        """The lottery that is told by an outcome's place, or by pairs of a place and a probability."""
        if not isinstance(node.value, list):
            return ((node.place(self.width), 1),)
        pairs = [pair.items(2) for pair in node.items()]
        return node.lottery([(x.place(self.width), p.number()) for x, p in pairs])
    def terms(self, i, a, s):
        """Profiles and weights in 1/mass: profile s, or what agent i of type a expects, or the prior."""
        if s is not None:
            return [(s, self.mass)]
        if a is None:
            return list(enumerate(self.prior))
        return [(line[a], self.beliefs[i][line[a]]) for line in self.lines[i]]
    def told(self, i=None, a=None, s=None):
        """Words for an agent, its type, and a profile."""
        at = "" if s is None else ", ".join(own[types[s]] for own, types in zip(self.labels, self.types))
        return (f" of {self.names[i]}" if i is not None else "") + (
            f" with type {self.labels[i][a]}" if a is not None else "") + (f" at ({at})" if at else "")

# ---- The question ------------------------------------------------------------------------------------------

QUESTION = {
    "ic": "none bayesian ex-post dominant", "ir": "none ex-ante interim ex-post",
    "budget": "none ex-ante ex-post", "balance": "exact no-deficit",
    "objective": "feasibility min-subsidy min-worst-subsidy max-surplus max-gains",
    "allocation": "efficient given free", "ties": "optimise first last uniform"}
DEFAULTS = {part: choices.split()[0] for part, choices in QUESTION.items()}  # where parts may be absent
LEVELS = {"none": 0, "ex-ante": 1, "interim": 2, "bayesian": 2, "ex-post": 3, "dominant": 3}

class Question:
    """What is asked, by its parts and parameters."""
    def __init__(self, env, node, defaults):
        node.expect(isinstance(node.value, dict), "an object")
        for part, choices in QUESTION.items():
            setattr(self, part, node.get(part, defaults.get(part)).choice(choices))
        self.slack = node.get("icSlack", Number(0)).number()
        node.expect(self.slack >= 0, "icSlack >= 0")
        never, caps = node.get("neverPaid", []), node.get("paymentCaps", {})
        names = env.names if never.value == "all" else never.labels() if node.has("neverPaid") else []
        limits = caps.value if isinstance(caps.value, dict) else env.names
        node.expect({*names, *limits} <= set(env.names), f"only agents {', '.join(env.names)}")
        self.unpaid = {env.names.index(name) for name in names}
        self.caps = {env.names.index(name): caps.get(name, caps.value).number() for name in limits}
        self.outside_money = self.objective in ("min-subsidy", "min-worst-subsidy") and self.budget != "none"
        # There is no outside money then, so that the expected sum of these slacks is what is maximised:
        self.maximised = [("budget", None)] if self.objective.startswith("max") else []
        self.maximised += [("participation", i) for i in env.agents if self.objective == "max-gains"]
    def level(self, on, i):
        """Whether slacks are asked at all profiles (3), as types expect them (2), ex ante (1), or not (0)."""
        return {"incentive": LEVELS[self.ic], "participation": LEVELS[self.ir], "budget": LEVELS[self.budget],
                "transfers": 3 if i in self.unpaid else 0, "cap": 3 if i in self.caps else 0}[on]

def allowed_by(env, question, node):
    """By profile: the lottery that must be chosen, as a tuple, or a list of the outcomes that may be."""
    if question.allocation == "given":
        node.expect(env.given, "an allocation that the instance has")
        return env.given
    if question.allocation == "free":
        return [list(range(env.width))] * len(env.profiles)
    part = {"first": slice(1), "last": slice(-1, None), "uniform": slice(None)}.get(question.ties)
    return [uniform(best[part]) for best in env.efficient] if part else env.efficient

def slack_at(env, question, on, i, s, b=None, t=None):
    """The slack at profile s (of incentives: if reports are as at t, against report b) but for outside money:
    (agent, profile, factor) of payments, (profile, row, factor) of lotteries, and a constant."""
    if on == "budget":
        return [(j, s, 1) for j in env.agents], [(s, env.costs[s], -1)], 0
    if on == "participation":
        return [(i, s, -1)], [(s, env.values[i][s], 1)], -env.options[i][s]
    if on == "transfers":
        return [(i, s, 1)], [], 0
    if on == "cap":
        return [(i, s, -1)], [], question.caps[i] * env.unit
    lie, row = t + (b - env.types[i][t]) * env.strides[i], env.values[i][s]
    return [(i, t, -1), (i, lie, 1)], [(t, row, 1), (lie, row, -1)], question.slack * env.unit

class Alike:
    """For agents who are alike: what exchanging neighbours does, and orbits."""
    def __init__(self, env, where):
        require(env.own and env.private and all(own == env.own[0] for own in env.own),
                f"{where}: agents are not alike in their types, or values depend on others' types")
        self.env, self.exchanges = env, []  # of i and i + 1: what agents, profiles and outcomes turn into
        def respects(x, agents, profiles):
            """All that there is to say of an outcome, with agents and profiles in this order."""
            return ([env.values[i][s][x] for i in agents for s in env.lines[i][0]],
                    [env.costs[s][x] for s in profiles])
        for i in env.agents[:-1]:
            who = [*range(i), i + 1, i, *env.agents[i + 2:]]
            to = [s + (env.types[i + 1][s] - env.types[i][s]) * (env.strides[i] - env.strides[i + 1])
                  for s in env.profiles]
            # In both lists, outcomes that are the same in every respect stay in their order.
            new = sorted((respects(x, env.agents, env.profiles), x) for x in range(env.width))
            old = sorted((respects(x, who, to), x) for x in range(env.width))
            fits = [key for key, x in old] == [key for key, x in new] and all(
                env.options[j][s] == env.options[who[j]][to[s]] for j in env.agents for s in env.profiles)
            require(fits, f"{where}: {env.names[i]} and {env.names[i + 1]} differ in values, costs, options")
            self.exchanges.append((who, to, {x: y for (key, x), (key, y) in zip(old, new)}))
        keys = [tuple(sorted(types)) for types in zip(*env.types)]
        self.own = [s for s, types in enumerate(zip(*env.types)) if types == keys[s]]
        orbits = {keys[s]: place for place, s in enumerate(self.own)}
        slots = [(key, a) for key in orbits for a in sorted(set(key))]
        places = {slot: place for place, slot in enumerate(slots)}
        self.orbit = [orbits[key] for key in keys]
        self.slots = [[places[key, a] for key, a in zip(keys, types)] for types in env.types]
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
            nearer = [chosen for t, chosen in turned if t < s]  # by exchanges towards increasing types
            found[s] = nearer[0] if nearer else found[s]
            require(nearer or all(chosen == found[s] for t, chosen in turned), "mechanism.rule: the lottery"
                    f"{self.env.told(s=s)} changes when neighbours of equal types are exchanged")
        return found

# ---- The mechanism -----------------------------------------------------------------------------------------

def chosen_by(env, rule, at, alike):
    """The lotteries that a rule chooses at the profiles `at`."""
    def single(s, x):
        return uniform(alike.spread(s, x)) if alike else ((x, 1),)
    kind = rule["kind"].choice("given efficient priced mixture except table")
    if kind == "given":
        rule.expect(env.given, "a rule that the instance has")
        return [env.given[s] for s in at]
    if kind == "efficient":
        ties = rule["ties"].choice("first last uniform")
        if ties == "uniform":
            return [uniform(env.efficient[s]) for s in at]
        return [single(s, env.efficient[s][0 if ties == "first" else -1]) for s in at]
    if kind == "priced":
        return [single(s, x) for s, x in zip(at, priced(env, rule, at, alike))]
    if kind == "table":
        return [env.by_places(node) for node in rule["lotteries"].items(len(at))]
    if kind == "mixture":
        mixed = [Counter() for s in at]
        for part in rule["parts"].items():
            weight = part["weight"].number()
            for total, chosen in zip(mixed, chosen_by(env, part["rule"], at, alike)):
                total.update({x: weight * p for x, p in chosen})  # which adds
        return [rule.lottery(list(total.items())) for total in mixed]
    chosen, entries = dict(zip(at, chosen_by(env, rule["rule"], at, alike))), rule["lotteries"].items()
    listed = {node["profile"].place(len(env.profiles)): env.by_places(node["lottery"]) for node in entries}
    rule.expect(len(listed) == len(entries) and set(listed) <= set(chosen), "profiles once, as of a table")
    return [listed.get(s, chosen[s]) for s in at]

def priced(env, rule, at, alike):
    """The first outcome of largest worth, at each profile."""
    per_cost, among = rule["perCost"].whole(), rule["among"].choice("efficient all")
    prices = [pieces(row.table([count * env.width], Node.whole), env.width)
              for row, count in zip(rule["perOutcome"].items(len(env.agents)), env.counts)]
    for who, to, image in alike.exchanges if alike else ():
        require(all(row[x] == other[image[x]] for j in env.agents for x in range(env.width)
                    for row, other in zip(prices[j], prices[who[j]])),
                f"{rule.where}.perOutcome: it changes when agents are exchanged")
    for s in at:
        rows = [prices[i][env.types[i][s]] for i in env.agents]
        worths = [env.unit * sum(row) - per_cost * cost for cost, *row in zip(env.costs[s], *rows)]
        never = [row for i, row in enumerate(rows) if env.own and env.own[i][env.types[i][s]] == 0]
        if never:
            worths = never[0] if len(never) == 1 else [0] * env.width
        yield max(env.efficient[s] if among == "efficient" else range(env.width), key=worths.__getitem__)

def worked_out(env, told):
    """Lotteries, every agent's payments, and outside money at all profiles; money is in units."""
    if told.has("profiles"):
        rows, types, paid = told["profiles"].items(len(env.profiles)), list(product(*env.labels)), []
        for s, row in enumerate(rows):
            found = [node.label() for node in row["types"].items()]
            row["types"].expect(found == list(types[s]), f"the types {short(types[s])}")
            paid.append([node.number() * env.unit for node in row["payments"].items(len(env.agents))])
        money = [row.get("subsidy", Number(0)).number() * env.unit for row in rows]
        lotteries = [row["outcome"].lottery(env.pairs_by_label(row["outcome"])) for row in rows]
        return lotteries, list(zip(*paid)), money
    alike = Alike(env, "mechanism.alike") if told["alike"].boolean() else None
    lotteries = chosen_by(env, told["rule"], alike.own if alike else env.profiles, alike)
    lotteries = alike.everywhere(lotteries) if alike else lotteries
    costs = [worth(row, chosen) for row, chosen in zip(env.costs, lotteries)]
    forms, form = told["payments"].items(1 if alike else len(env.agents)), told["outsideMoney"]
    payments = [paid_by(env, i, forms[0 if alike else i], lotteries, costs, alike) for i in env.agents]
    kind = form["kind"].choice("constant missing table")
    if kind == "missing":
        money = [max(0, cost - sum(paid)) for cost, *paid in zip(costs, *payments)]
    elif kind == "constant":
        money = [form["amount"].number() * env.unit] * len(costs)
    else:
        money = by_table(env, form["amounts"], alike.orbit if alike else env.profiles)
    return lotteries, payments, money

def by_table(env, node, places, length=None):
    """The amounts of a table, in units, where profile s is at places[s] in the table."""
    amounts = [amount * env.unit for amount in node.vector(length or max(places) + 1)]
    return [amounts[place] for place in places]

def paid_by(env, i, form, lotteries, costs, alike):
    """What agent i pays at all profiles, in units."""
    kind = form["kind"].choice("sum menu table")
    if kind == "table":
        return by_table(env, form["amounts"], alike.slots[i] if alike else env.profiles)
    if kind == "menu":
        require(not alike and env.width == 2 and all(len(chosen) == 1 for chosen in lotteries),
                f"{form.where}: a menu is for two outcomes without lotteries, and alike: false")
        places = [chosen[0][0] for chosen in lotteries]
        for line in env.lines[i]:
            cut = [places[s] for s in line].count(0)
            for s in line:
                places[s] += 2 * cut
        return by_table(env, form["prices"], places, 2 * env.counts[i] + 2)
    by_type, on_cost = form["byType"].items(2 if alike else len(env.agents)), form["onCost"].number()
    terms = [[on_cost * cost for cost in costs]]
    for j in env.agents:
        node = by_type[j if not alike else 0 if j == i else 1]
        if node.value is not None:
            terms.append(by_table(env, node, env.types[j], env.counts[j]))
    if form["onValue"].boolean():
        rows = zip(env.values[i], lotteries, env.options[i])
        terms.append([worth(row, chosen) - option for row, chosen, option in rows])
    return list(map(sum, zip(*terms)))

def attained_by(env, question, allowed, lotteries, payments, money):
    """The objective of a mechanism, which is refuted if it fails a requirement."""
    for s, (chosen, may) in enumerate(zip(lotteries, allowed)):
        require(chosen == may if isinstance(may, tuple) else all(x in may for x, p in chosen),
                f"mechanism: what is chosen{env.told(s=s)} is not allowed")
    fine, flat = over_common([amount for amounts in (*payments, money) for amount in amounts])
    *payments, money = pieces(flat, len(money))  # from here on money is counted in 1/fine of a unit
    def demand(slack, over, name, i, a, s, exactly=False):
        if slack < 0 or (exactly and slack):
            slack = short(Fraction(slack) / (over * fine * env.unit))
            raise Refuted(f"mechanism: {name}{env.told(i, a, s)} fails, its slack is {slack}")
    def value(on, i, s):
        paid, chosen, constant = slack_at(env, question, on, i, s)
        return sum(factor * payments[j][t] for j, t, factor in paid) + fine * (
            constant + sum(factor * worth(row, lotteries[t]) for t, row, factor in chosen))
    keys = [("budget", None)] + [("participation", i) for i in env.agents]
    keys += [(on, i) for on in ("transfers", "cap") for i in env.agents if question.level(on, i)]
    slacks = {key: [value(*key, s) for s in env.profiles] for key in keys}
    for (on, i), at in slacks.items():
        at = list(map(sum, zip(at, money))) if on == "budget" else at
        places = {0: [], 1: [(None, None)], 2: product(range(env.counts[i or 0]), [None]),
                  3: product([None], env.profiles)}[question.level(on, i)]
        for a, s in places:
            slack = sum(weight * at[t] for t, weight in env.terms(i, a, s))
            demand(slack, env.mass, on, i, a, s, on == "budget" and question.balance == "exact")
    for s in env.profiles:
        demand(money[s], 1, "outside money", None, None, s, not question.outside_money)
    for i in env.agents:
        check_incentives(env, question, i, fine, lotteries, payments[i], demand)
    if question.objective == "min-worst-subsidy":
        return Fraction(max(money), fine * env.unit)
    counted = [slacks[key] for key in question.maximised] + [money] * (question.objective == "min-subsidy")
    return Fraction(sum(sum(map(mul, env.prior, at)) for at in counted)) / (env.mass * fine * env.unit)

def check_incentives(env, question, i, fine, lotteries, paid, demand):
    """Demands that no report of agent i gains more than icSlack. (For speed, apart from slack_at.)"""
    lines, types, slack = env.lines[i], range(env.counts[i]), question.slack * fine * env.unit
    names = [f"incentive against {name}" for name in env.labels[i]]
    if question.ic == "bayesian":
        brought = [[(lotteries[line[b]], paid[line[b]]) for line in lines] for b in types]
        for a in types:
            true = [(env.beliefs[i][line[a]], env.values[i][line[a]]) for line in lines]
            got = [sum(weight * (fine * worth(row, chosen) - price)
                       for (weight, row), (chosen, price) in zip(true, brought[b])) for b in types]
            for b in types:
                demand(slack * env.mass + got[a] - got[b], env.mass, names[b], i, a, None)
    elif question.ic != "none":
        # If dominant, the true profile may be any with the own type.
        rows = [{tuple(env.values[i][line[a]]) for line in lines} for a in types]
        for line in lines:
            menu = {(lotteries[s], paid[s]): b for b, s in enumerate(line)}  # all that reports can bring
            for a, s in enumerate(line):
                for row in rows[a] if question.ic == "dominant" else [env.values[i][s]]:
                    most = slack + fine * worth(row, lotteries[s]) - paid[s]
                    for (chosen, price), b in menu.items():
                        got = fine * worth(row, chosen) - price
                        if got > most:
                            demand(most - got, 1, names[b], i, a, s)

# ---- The multipliers ---------------------------------------------------------------------------------------

class Lagrangian:
    """L times scale, with money in units: a constant, coefficients by profile of payments, outcomes and,
    with the sign changed, of outside money."""
    def __init__(self, env, question, scale):
        self.env, self.question, self.scale, self.constant = env, question, scale, 0
        self.payments, self.money = [[0] * len(env.profiles) for i in env.agents], [0] * len(env.profiles)
        self.outcomes = [[0] * env.width for s in env.profiles]
    def subtract(self, weight, on, i, s, b=None, t=None):
        """Subtracts weight times a slack."""
        paid, chosen, constant = slack_at(self.env, self.question, on, i, s, b, t)
        for j, r, factor in paid:
            self.payments[j][r] -= weight * factor
        for r, row, factor in chosen:
            self.outcomes[r] = [old - weight * factor * amount for old, amount in zip(self.outcomes[r], row)]
        self.constant -= weight * constant
        self.money[s] += weight if on == "budget" else 0
    def subtract_paths(self, i, path):
        """Subtracts the prices of agent i's paths: what flows through every profile."""
        parents = parents_of(self.env, i, path)
        for line in self.env.lines[i]:
            flows, waiting = [-self.payments[i][s] for s in line], Counter(parents[s] for s in line)
            ready = [a for a in range(len(line)) if not waiting[a]]  # the types whose flow is complete
            for a in ready:  # which grows meanwhile
                s, b = line[a], parents[line[a]]
                on, told = "participation" if b < 0 else "incentive", self.env.told(i, a, s)
                require(flows[a] >= 0, f"{path.where}: the price on {on}{told} is negative, "
                        f"{short(Fraction(flows[a], self.scale))}")
                require(flows[a] == 0 or self.question.level(on, i) == 3,
                        f"{path.where}: the price on {on}{told} is on nothing that is required")
                self.subtract(flows[a], on, i, s, b, s)
                if b >= 0:
                    flows[b] += flows[a]
                    waiting[b] -= 1
                    ready += [] if waiting[b] else [b]
            require(len(ready) == len(line), f"{path.where}: parents go round{self.env.told(i, s=line[0])}")
    def least(self, allowed, purpose):
        """The least L over allowed lotteries, if L does not depend on payments nor fall with money."""
        env, question = self.env, self.question
        for i, s in product(env.agents, env.profiles):
            require(self.payments[i][s] == 0, f"multipliers: the payment{env.told(i, s=s)} does not cancel, "
                    f"its coefficient is {short(Fraction(self.payments[i][s], self.scale))}")
        if question.outside_money and question.objective == "min-worst-subsidy" and purpose == "bound":
            total = Fraction(sum(price for price in self.money if price > 0), self.scale)
            require(total <= 1, f"multipliers: the prices of outside money sum to {short(total)} > 1")
        elif question.outside_money:
            for s, price in enumerate(self.money):
                most = env.prior[s] * self.scale // env.mass if purpose == "bound" else 0
                require(price <= most, f"multipliers: the price of outside money{env.told(s=s)} is too large "
                        f"by {short(Fraction(price - most, self.scale))}")
        least = sum(worth(row, may) if isinstance(may, tuple) else min(row[x] for x in may)
                    for row, may in zip(self.outcomes, allowed))
        return Fraction(self.constant + least) / (self.scale * env.unit)

def parents_of(env, i, path):
    """The parent of agent i's type at every profile, -1 for none."""
    count, parents = env.counts[i], [None] * len(env.profiles)
    if path["kind"].choice("profiles menu") == "profiles":
        parents = [node.place(count, -1) for node in path["parents"].items(len(env.profiles))]
        require(all(a != b for a, b in zip(parents, env.types[i])), f"{path.where}: a type is its own parent")
        return parents
    keepers = [node.place(count, -2) for node in path["keepers"].items(2 * count + 2)]
    require(env.width == 2 and env.private, f"{path.where}: a menu is for two outcomes, private values")
    first, rows = path["ties"].choice("first last") == "first", [env.values[i][s] for s in env.lines[i][0]]
    order = sorted(range(count), key=lambda a: rows[a][1] - rows[a][0])
    for line in env.lines[i]:
        got = [env.efficient[s][0 if first else -1] for s in line]
        cut, problem = got.count(0), f"{path.where}: keepers do not fit others' types{env.told(s=line[0])}"
        entries, default = keepers[2 * cut:2 * cut + 2], [order[cut - 1], order[cut % count]]
        keeper = [default[x] if entry == -1 else entry for x, entry in enumerate(entries)]
        require([entry == -2 for entry in entries] == [cut == 0, cut == count], problem)
        for a, x in enumerate(got):
            require(got[keeper[x]] == x, problem)
            parents[line[a]] = keeper[x] if a != keeper[x] else keeper[1 - x] if entries[x] == -1 else -1
            require(parents[line[a]] != -2, problem)
    return parents

def prices_of(env, blocks, alike):
    """All prices but those of paths: node, price, on what, agent, type, report, profile, reports' profile."""
    for block in blocks:
        kind = block["kind"].choice("list profiles ranges paths")
        if kind == "list":
            on = block["on"].choice("incentive participation budget transfers cap")
            columns = [node.choice("agent type report profile reported") for node in block["columns"].items()]
            block["columns"].expect(len(set(columns)) == len(columns), "different columns")
            everyone = env.agents if alike and on != "budget" and "agent" not in columns else [None]
            for entry in block["entries"].items():
                *nodes, amount = entry.items(len(columns) + 1)
                told = {column: node.place(10 ** 15) for column, node in zip(columns, nodes)}
                rest = [told.get(column) for column in ("type", "report", "profile", "reported")]
                for i in everyone:
                    yield entry, amount.number(), on, told.get("agent", i), *rest
        elif kind == "profiles":
            on = block["on"].choice("participation budget")
            agents = [] if on == "budget" or alike else [block["agent"].place(len(env.agents))]
            for i in [None] if on == "budget" else agents or env.agents:
                places = env.profiles if not alike else alike.orbit if i is None else alike.slots[i]
                weights = block["weights"].vector(max(places) + 1)
                for s, place in enumerate(places):
                    yield block, weights[place], on, i, None, None, s, None
        elif kind == "ranges":
            on, weight = block["on"].choice("budget"), block["weight"].number() / env.mass
            for first, end in (node.items(2) for node in block["ranges"].items()):
                for s in range(first.place(len(env.profiles) + 1), end.place(len(env.profiles) + 1)):
                    yield block, weight * env.prior[s], on, None, None, None, s, None

def check_price(env, question, alike, node, amount, on, i, a, b, s, t):
    """Refutes a price that is negative, or on something that the question does not require."""
    def demand(condition, problem):
        require(condition, f"{node.where}: the price on {on} {problem}")
    demand((i is None) == (on == "budget"), "tells an agent" if on == "budget" else "does not tell an agent")
    demand(a is None or i is not None, "tells a type")
    count = env.counts[i] if i in env.agents else 0
    ends = (i, len(env.agents)), (a, count), (b, count), (s, len(env.profiles)), (t, len(env.profiles))
    node.expect(all(value is None or value < end for value, end in ends), "places that there are")
    level = 3 if s is not None else 2 if a is not None else 1
    demand(question.level(on, i) >= level, "is on nothing that is required")
    demand(amount >= 0 or (on == "budget" and question.balance == "exact"), "is negative")
    demand(a is None or s is None or env.types[i][s] == a, "tells a type that the agent does not have there")
    if on != "incentive":
        return demand(b is None and t is None, "tells a report")
    demand(a is not None and b is not None and a != b, "must tell a type and another report")
    demand(s is None or not alike, "is at a single profile, though alike: true")
    fits = t is None or (s is not None and question.ic == "dominant" and env.types[i][t] == a)
    demand(fits, "tells a profile of reports that does not fit")

def proved_by(env, question, allowed, multipliers):
    """The purpose of multipliers and the number that they prove; they are refuted if they prove nothing."""
    purpose, blocks = multipliers["purpose"].choice("bound infeasibility"), multipliers["prices"].items()
    alike = Alike(env, "multipliers.alike") if multipliers["alike"].boolean() else None
    prices = list(prices_of(env, blocks, alike))
    per_price = lcm(*{price[1].denominator for price in prices})
    lagrangian = Lagrangian(env, question, per_price * env.mass)
    for (on, i), s in product(question.maximised if purpose == "bound" else (), env.profiles):
        lagrangian.subtract(env.prior[s] * per_price, on, i, s)
    for price in prices:
        check_price(env, question, alike, *price)
        node, amount, on, i, a, b, s, t = price
        for at, weight in env.terms(i, a, s) if amount else ():
            lagrangian.subtract(int(amount * per_price) * weight, on, i, at, b, at if t is None else t)
    paths = [block for block in blocks if block["kind"].value == "paths"]
    multipliers["prices"].expect(len(paths) <= 1, "at most one paths block")
    require(not paths or not alike, "multipliers: paths are at single profiles, though alike: true")
    for i, path in enumerate(paths[0]["paths"].items(len(env.agents)) if paths else ()):
        lagrangian.subtract_paths(i, path)
    proved = lagrangian.least(allowed, purpose)
    require(purpose == "bound" or proved > 0, f"multipliers: they prove nothing, as {short(proved)} <= 0")
    return purpose, proved

# ---- The claim ---------------------------------------------------------------------------------------------

def right_claim(env, question, attained, purpose, proved):
    """What is to be claimed if the mechanism attains and the multipliers prove this (or None)."""
    infeasible, bound = purpose == "infeasibility", proved if purpose == "bound" else None
    charged = question.ir == "none" and (question.budget == "none" or question.balance == "no-deficit") and (
        len(question.caps) < len(env.agents))  # some agent can be charged any constant
    unbounded = attained is not None and question.objective == "max-surplus" and charged
    lower, upper = max(0, bound or 0), attained
    if question.objective.startswith("max"):
        lower, upper = attained, None if bound is None or unbounded else -bound
    if infeasible:
        verdict, lower, upper = "impossible", None, None
    elif question.objective.startswith("min"):
        verdict = "impossible" if lower > 0 else "possible" if upper == 0 else "undecided"
    else:
        verdict = "undecided" if attained is None else "possible"
    return {"verdict": verdict, "infeasible": infeasible, "contradiction": proved if infeasible else None,
            "unbounded": unbounded, "lower": lower, "upper": upper}

def in_words(env, question, claim):
    lower, upper = ("unknown" if claim[end] is None else short(claim[end]) for end in ("lower", "upper"))
    result = f"the optimum is at least {lower} and at most {'anything' if claim['unbounded'] else upper}"
    if lower == upper != "unknown":
        result = f"the optimum is {lower}"
    if claim["infeasible"]:
        result = f"no mechanism meets the requirements, as {short(claim['contradiction'])} would be at most 0"
    asked = [f"{part} {getattr(question, part)}" for part in QUESTION]
    asked += [f"{env.names[i]} is never paid" for i in sorted(question.unpaid)]
    asked += [f"{env.names[i]} pays at most {short(cap)}" for i, cap in sorted(question.caps.items())]
    return f"{claim['verdict']}: {result} ({', '.join(asked)}, icSlack {short(question.slack)})"

def check(instance_path, answer_path, known):
    """What the answer claims, in words, if all of it is right. The last instance is kept in `known`."""
    if instance_path not in known:
        known.clear()
        known[instance_path] = Environment(Node(load(instance_path), "instance"))
    env, answer = known[instance_path], Node(load(answer_path), "answer")
    answer["format"].choice("mechlp-answer-2")
    head, claim, program = answer["instance"], answer["claim"], answer["program"]
    for node in answer.get("$schema", ""), program["name"], program["version"], head["name"], head["digest"]:
        node.text()
    said = {field: claim[field].boolean() for field in ("infeasible", "unbounded")}
    said["verdict"] = claim["verdict"].choice("possible impossible undecided")
    for field in ("contradiction", "lower", "upper"):
        said[field] = None if claim[field].value is None else claim[field].number()
    question = Question(env, answer["question"], {})
    agents, outcomes = head["agents"].items(), [node.text() for node in head["outcomes"].items()]
    told = [(agent["name"].text(), [node.text() for node in agent["types"].items()]) for agent in agents]
    require(told == list(zip(env.names, env.labels)) and outcomes == env.outcomes, "instance: other labels")
    digest = head["digest"].value
    require(digest == env.digest, f"instance.digest: said {short(digest)}, found {env.digest}")
    allowed, attained, purpose, proved = allowed_by(env, question, answer["question"]), None, None, None
    if answer["mechanism"].value is not None:
        attained = attained_by(env, question, allowed, *worked_out(env, answer["mechanism"]))
    if answer["multipliers"].value is not None:
        purpose, proved = proved_by(env, question, allowed, answer["multipliers"])
    answer.finish()
    for field, right in right_claim(env, question, attained, purpose, proved).items():
        require(said[field] == right, f"claim.{field}: said {short(said[field])}, found {short(right)}")
    return in_words(env, question, said)

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
