"""What an answer tells in few words, written out: a mechanism at every profile, and multipliers as prices of
single inequalities. Nothing here has to be trusted; see mechlp_check.py."""
from collections import Counter
from fractions import Fraction
from itertools import product
from mechlp_instance import (anything, boolean, expect, integer, kinds, label, lottery, lottery_by_labels,
                             number, or_null, pieces, place, read, require, uniform, whole, worth)

def vector(length):
    def reader(value, where):
        found = read({"over": whole, "entries": (whole, length)}, value, where)
        expect(found["over"] > 0, value["over"], f"{where}.over", "a positive whole number")
        return [Fraction(entry, found["over"]) for entry in found["entries"]]
    return reader

# ---- Agents who are alike ----------------------------------------------------------------------------------

class Places:
    """Where a table has the entry of a profile: at the profile's own place, or, if agents are alike, at the
    place of its orbit, or of an agent's slot."""
    def __init__(self, env, alike, where):
        self.env, self.alike, self.exchanges = env, alike, []
        if alike:
            require(env.own and env.private and all(own == env.own[0] for own in env.own),
                    f"{where}: agents are not alike in their types, or values depend on others' types")
            self.find_exchanges(where)
        keys = [tuple(sorted(types)) if alike else types for types in zip(*env.types)]
        self.own = [s for s, types in enumerate(zip(*env.types)) if types == keys[s]]
        orbits = {keys[s]: k for k, s in enumerate(self.own)}
        slots = {slot: k for k, slot in enumerate((key, a) for key in orbits for a in sorted({*key}))}
        self.orbit = [orbits[key] for key in keys]
        self.slots = [[slots[key, a] for key, a in zip(keys, types)] if alike else env.profiles
                      for types in env.types]
    def find_exchanges(self, where):
        """Sets what agents, profiles and outcomes turn into as i and i + 1 are exchanged, for each i."""
        env = self.env
        def outcomes(agents, profiles):
            """All outcomes, after all that there is to say of them; those that are the same stay in order."""
            return sorted(([env.values[i][s][x] for i in agents for s in env.lines[i][0]],
                           [env.costs[s][x] for s in profiles], x) for x in range(env.width))
        for i in env.agents[:-1]:
            who = [*range(i), i + 1, i, *env.agents[i + 2:]]
            to = [s + (env.types[i + 1][s] - env.types[i][s]) * (env.strides[i] - env.strides[i + 1])
                  for s in env.profiles]
            pairs = list(zip(outcomes(who, to), outcomes(env.agents, env.profiles)))
            require(all(old[:2] == new[:2] for old, new in pairs) and all(
                env.options[j][s] == env.options[who[j]][to[s]] for j in env.agents for s in env.profiles),
                f"{where}: {env.names[i]} and {env.names[i + 1]} differ in values, costs or outside options")
            self.exchanges.append((who, to, {old[2]: new[2] for old, new in pairs}))
    def single(self, s, x):
        """All outcomes into which exchanges of neighbours of equal types turn x, with equal probability."""
        reached = [x]
        for y in reached:  # which grows meanwhile
            reached += {image[y] for who, to, image in self.exchanges if to[s] == s} - {*reached}
        return uniform(reached)
    def everywhere(self, at_own):
        """The lotteries at all profiles, from those of the table."""
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

def mechanism_shape(env, at):
    def chosen(value, where):
        if not isinstance(value, list):
            return ((place(env.width)(value, where), 1),)
        return lottery(read(([place(env.width), number], None), value, where), where)
    def rule(value, where):
        return rules(value, where)
    exception = {"profile": place(len(env.profiles)), "lottery": chosen}
    rules = kinds(
        given={}, efficient={"ties": "first last uniform"},
        priced={"among": "efficient all", "perCost": whole,
                "perOutcome": [(whole, m * env.width) for m in env.counts]},
        mixture={"parts": ({"weight": number, "rule": rule}, None)},
        table={"lotteries": (chosen, len(at.own))},
        **{"except": {"rule": rule, "lotteries": (exception, None)}})
    by_type = [or_null(vector(m)) for m in (env.counts[:1] * 2 if at.alike else env.counts)]
    payments = [kinds(sum={"byType": by_type, "onCost": number, "onValue": boolean},
                      menu={"prices": vector(2 * env.counts[i] + 2)},
                      table={"amounts": vector(max(at.slots[i]) + 1)}) for i in env.agents]
    money = kinds(constant={"amount": number}, missing={}, table={"amounts": vector(len(at.own))})
    return {"alike": boolean, "rule": rule, "outsideMoney": money,
            "payments": payments[:1] if at.alike else payments}

def mechanism_of(env, told):
    """Lotteries, every agent's payments, and outside money at all profiles."""
    if isinstance(told, dict) and "profiles" in told:
        row = {"types": (label, len(env.agents)), "outcome": lottery_by_labels(env.outcomes),
               "payments": (number, len(env.agents)), "subsidy?": number}
        rows = read({"profiles": (row, len(env.profiles))}, told, "mechanism")["profiles"]
        expect([(*row["types"],) for row in rows] == [*product(*env.labels)], "other types",
               "mechanism.profiles", "all profiles in order")
        payments = [[row["payments"][i] for row in rows] for i in env.agents]
        return [row["outcome"] for row in rows], payments, [row.get("subsidy", 0) for row in rows]
    alike = isinstance(told, dict) and told.get("alike") is True
    at = Places(env, alike, "mechanism.alike")
    told = read(mechanism_shape(env, at), told, "mechanism")
    lotteries = at.everywhere(chosen_by(env, told["rule"], at))
    costs = [Fraction(worth(row, chosen)) / env.unit for row, chosen in zip(env.costs, lotteries)]
    forms = told["payments"] * (len(env.agents) if alike else 1)
    payments = [paid_by(env, i, forms[i], lotteries, costs, at) for i in env.agents]
    form = told["outsideMoney"]
    if form["kind"] == "missing":
        return lotteries, payments, [max(0, cost - sum(paid)) for cost, *paid in zip(costs, *payments)]
    amounts = form["amounts"] if form["kind"] == "table" else [form["amount"]] * len(at.own)
    return lotteries, payments, [amounts[k] for k in at.orbit]

def chosen_by(env, rule, at):
    """The lotteries that a rule chooses at the profiles that tables have entries for."""
    if rule["kind"] == "given":
        expect(env.given, "given", "mechanism.rule", "a rule that the instance has")
        return [env.given[s] for s in at.own]
    if rule["kind"] == "efficient":
        part = {"first": 0, "last": -1}.get(rule["ties"])
        return [uniform(env.efficient[s]) if part is None else at.single(s, env.efficient[s][part])
                for s in at.own]
    if rule["kind"] == "priced":
        prices = [pieces(row, env.width) for row in rule["perOutcome"]]
        require(all(row[x] == other[image[x]] for who, to, image in at.exchanges for j in env.agents
                    for row, other in zip(prices[j], prices[who[j]]) for x in image),
                "mechanism.rule.perOutcome: it changes when agents are exchanged")
        return [at.single(s, priced(env, rule, prices, s)) for s in at.own]
    if rule["kind"] == "table":
        return rule["lotteries"]
    if rule["kind"] == "mixture":
        mixed = [Counter() for s in at.own]
        for part in rule["parts"]:
            for total, chosen in zip(mixed, chosen_by(env, part["rule"], at)):
                total.update({x: part["weight"] * p for x, p in chosen})  # which adds
        return [lottery([*total.items()], "mechanism.rule (a mixture)") for total in mixed]
    listed = {entry["profile"]: entry["lottery"] for entry in rule["lotteries"]}
    return [listed.get(s, chosen) for s, chosen in zip(at.own, chosen_by(env, rule["rule"], at))]

def priced(env, rule, prices, s):
    """The first outcome of largest worth at profile s."""
    rows = [prices[i][env.types[i][s]] for i in env.agents]
    worths = [env.unit * sum(row) - rule["perCost"] * cost for cost, *row in zip(env.costs[s], *rows)]
    never = [row for i, row in enumerate(rows) if env.own and env.own[i][env.types[i][s]] == 0]
    if never:
        worths = never[0] if len(never) == 1 else [0] * env.width
    return max(env.efficient[s] if rule["among"] == "efficient" else range(env.width), key=worths.__getitem__)

def paid_by(env, i, form, lotteries, costs, at):
    """What agent i pays at all profiles."""
    if form["kind"] == "table":
        return [form["amounts"][k] for k in at.slots[i]]
    if form["kind"] == "menu":
        require(not at.alike and env.width == 2 and all(len(chosen) == 1 for chosen in lotteries),
                "mechanism.payments: a menu is for two outcomes without lotteries, and alike: false")
        got, paid = [chosen[0][0] for chosen in lotteries], [None] * len(lotteries)
        for line in env.lines[i]:
            cut = [got[s] for s in line].count(0)
            for s in line:
                paid[s] = form["prices"][2 * cut + got[s]]
        return paid
    paid = [form["onCost"] * cost for cost in costs]
    for j in env.agents:
        by_type = form["byType"][j if not at.alike else 0 if j == i else 1]
        if by_type is not None:
            paid = [amount + by_type[a] for amount, a in zip(paid, env.types[j])]
    if form["onValue"]:
        gains = [worth(row, chosen) - option for row, chosen, option in
                 zip(env.values[i], lotteries, env.options[i])]
        paid = [amount + Fraction(gain) / env.unit for amount, gain in zip(paid, gains)]
    return paid

# ---- The multipliers ---------------------------------------------------------------------------------------

COLUMNS = ("agent", "type", "report", "profile", "reported")

def multipliers_shape(env):
    paths = [kinds(profiles={"parents": (integer, len(env.profiles))},
                   menu={"ties": "first last", "keepers": (integer, 2 * m + 2)}) for m in env.counts]
    block = kinds(
        list={"on": "incentive participation budget transfers cap", "columns": (" ".join(COLUMNS), None),
              "entries": (anything, None)},
        profiles={"on": "participation budget transfers cap", "agent?": place(len(env.agents)),
                  "weights": anything},
        ranges={"on": "budget", "weight": number, "ranges": ([place(len(env.profiles) + 1)] * 2, None)},
        paths={"paths": paths})
    return {"purpose": "bound infeasibility money", "alike": boolean, "prices": (block, None)}

def prices_of(question, told):
    """The purpose of multipliers, and a function that gives all prices: where it is told, the price, and on,
    agent, type, report, profile, profile of reports. It is told the coefficients of payments in L, which
    change with every price; those of paths come last, as they depend on them."""
    env = question.env
    told = read(multipliers_shape(env), told, "multipliers")
    at = Places(env, told["alike"], "multipliers.alike")
    blocks = [(f"multipliers.prices[{k}]", block) for k, block in enumerate(told["prices"])]
    paths = [(where, block["paths"]) for where, block in blocks if block["kind"] == "paths"]
    require(len(paths) <= 1, "multipliers: more than one paths block")
    require(not paths or not at.alike and question.ir == "ex-post" and question.ic != "bayesian",
            "multipliers: paths where prices at single profiles may not be")
    def unfold(coefficients):
        for where, block in blocks:
            yield from prices_of_block(question, where, block, at)
        for where, path in paths:
            for i in env.agents:
                yield from prices_of_path(env, where, i, parents_of(env, where, i, path[i]), coefficients[i])
    return told["purpose"], unfold

def prices_of_block(question, where, block, at):
    env, on = question.env, block.get("on")
    everyone = env.agents if at.alike and on != "budget" else [None]
    if block["kind"] == "list":
        columns, most = block["columns"], max(env.counts)
        expect(len({*columns}) == len(columns), columns, where, "different columns")
        ends = dict(zip(COLUMNS, (len(env.agents), most, most, len(env.profiles), len(env.profiles))))
        shape = ([*(place(ends[column]) for column in columns), number], None)
        for *places, price in read(shape, block["entries"], f"{where}.entries"):
            told = dict(zip(columns, places))
            require(not (at.alike and {"agent", "profile"} & told.keys()),
                    f"{where}: prices of single agents or at single profiles, though alike: true")
            for i in [told["agent"]] if "agent" in told else everyone:
                yield where, price, on, i, *(told.get(column) for column in COLUMNS[1:])
    if block["kind"] == "profiles":
        expect(("agent" in block) == (on != "budget" and not at.alike), on, where, "an agent, or none")
        for i in [block["agent"]] if "agent" in block else everyone:
            places = at.orbit if on == "budget" else at.slots[i]
            weights = read(vector(max(places) + 1), block["weights"], f"{where}.weights")
            for s, k in enumerate(places):
                yield where, weights[k], on, i, None, None, s
    if block["kind"] == "ranges":
        expect(all(start <= end for start, end in block["ranges"]), block["ranges"], where, "from <= to")
        require(not at.alike, f"{where}: prices at single profiles, though alike: true")
        require(question.budget == "ex-post" and (block["weight"] >= 0 or question.balance == "exact"),
                f"{where}: the price on budget is negative, or on nothing that is required")
        for s in (s for start, end in block["ranges"] for s in range(start, end)):
            yield where, block["weight"] * env.prior[s] / env.mass, on, None, None, None, s

def prices_of_path(env, where, i, parents, coefficients):
    """What flows out of agent i's types towards their parents, so that its payments cancel."""
    for line in env.lines[i]:
        left = {a: parents[s] for a, s in enumerate(line)} if any(coefficients[s] for s in line) else {}
        while left:
            ends = left.keys() - left.values()  # types that are no parents of those that are left
            require(ends, f"{where}: parents go round{env.told(i, s=line[0])}")
            for a in ends:
                b, s = left.pop(a), line[a]
                require(-1 <= b < len(line), f"{where}: no parent{env.told(i, a, s)}")
                told = ("participation", i, a, None, s) if b < 0 else ("incentive", i, a, b, s)
                price = Fraction(-coefficients[s]) / env.mass
                if price:
                    yield where, price, *told

def parents_of(env, where, i, path):
    """The parent of agent i's type at every profile, -1 for none; less where nothing fits."""
    if path["kind"] == "profiles":
        return path["parents"]
    require(env.width == 2 and env.private, f"{where}: a menu is for two outcomes and private values")
    rows, parents = [env.values[i][s] for s in env.lines[i][0]], [None] * len(env.profiles)
    count, order = len(rows), sorted(range(len(rows)), key=lambda a: rows[a][1] - rows[a][0])
    for line in env.lines[i]:
        got = [env.efficient[s][0 if path["ties"] == "first" else -1] for s in line]
        cut = got.count(0)
        told, last = path["keepers"][2 * cut:2 * cut + 2], [order[cut - 1], order[cut % count]]
        keepers = [last[x] if keeper == -1 else keeper for x, keeper in enumerate(told)]
        fit = [0 <= keeper < count and got[keeper] == x for x, keeper in enumerate(keepers)]
        keepers = [keeper if fit[x] else -2 for x, keeper in enumerate(keepers)]
        for a, x in enumerate(got):
            parents[line[a]] = keepers[x] if a != keepers[x] else keepers[1 - x] if told[x] == -1 else -1
    return parents
