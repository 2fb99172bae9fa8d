"""The kind `free-interim` of mechlp_continuum.py: allocations free, requirements in expectation.

A price bounds every mechanism (Theorem A1 of continuum-free.md); what is best at prices, mixed, is one (A2). With
`cells` both are computed here by cells, without them in mechlp_regular.py (A3).
"""
from fractions import Fraction
from itertools import product
from math import prod
from mechlp_instance import expect, integer, number, read, require, short
from mechlp_polynomial import bernstein, derivative, nonnegative, plus, value
from mechlp_cells import ZERO, cells_of_agent, excess, ironed, levelled, participation_weights
from mechlp_intervals import NotChecked

WEIGHTS = ({"type": number, "weight": number}, None)
PRICE = {"money": number, "participation": (WEIGHTS, None)}
CERTIFICATE = {"kind": "free-interim", "cells?": integer, "bound": PRICE, "levels?": (number, None),
               "rules": ({"probability": number, "price": PRICE}, None), "shortage?": PRICE}

def judge_free_interim(env, question, told):
    told = read(CERTIFICATE, told, "certificate")
    covers_expectation(env, question)
    return bracket_in_expectation(env, Program(question), told, "certificate")

class Program:
    """What is maximised (alpha is the weight of gains), whether a budget binds, and whose participation is asked for:
    of every type, or of none alone. Without a budget, or without participation, gains are those of efficiency."""
    def __init__(self, question):
        self.question, self.money = question, question["objective"] != "max-gains"
        self.alpha = Fraction(int(not self.money))
        self.budget = not self.money and question["budget"] != "none" and question["ir"] != "none"
        self.everyone = question["ir"] in ("interim", "ex-post") and (self.money or self.budget)

def covers_expectation(env, question):
    ic, ir, budget, objective = (question[part] for part in ("ic", "ir", "budget", "objective"))
    def asks(condition, words):
        require(condition, f"certificate: free-interim {words}")
    asks(question["allocation"] == "free", "is about free allocations")
    asks(env.lines is not None, "is about finitely many outcomes")
    asks(ic != "none", "is about incentives")
    asks(ir != "ex-post" or budget != "ex-post", "is not about participation and budget at every profile")
    if ic != "bayesian":
        asks(budget != "ex-post", "is not about incentives and a budget at every profile")
        asks(ir != "ex-post" or all(binding_end(env, i) is not None for i in env.agents),
             "covers incentives and participation at every profile where it binds at one end")
    asks(len(env.agents) > 1 or budget != "ex-post", "covers a budget at every profile with two agents or more")
    asks(objective == "max-gains" or ir != "none", "does not cover money without participation")
    asks(objective.startswith("max") or budget != "none", "does not cover outside money without a budget")

def binding_end(env, i):
    """The end where utility less outside option is least whatever is chosen; None if there is none."""
    law, slopes = env.laws[i], {own[i] for own in env.slopes}
    for end, side in ((law.lo, 1), (law.hi, -1)):
        rising = True
        for a, b, c in env.options[i].pieces(law.lo, law.hi):
            change = [side * p for p in derivative(c)]
            rising = rising and nonnegative(plus([min(side * s for s in slopes)], change, -1), a, b)
        if rising:
            return end
    return None

def bracket_in_expectation(env, program, told, where):
    if "cells" in told:
        expect(1 <= told["cells"] <= 10000, str(told["cells"]), f"{where}.cells", "from 1 to 10000")
        computed = ByCells(env, told["cells"], where)
        fits = "levels" not in told or len(told["levels"]) == len(env.agents)
        require(fits, f"{where}.levels: not one for each agent")
    else:
        from mechlp_regular import Regular
        require("levels" not in told, f"{where}.levels: there are no cells")
        computed = Regular(env)
    question, alpha = program.question, program.alpha
    prices = {part: read_price(env, program, told[part], f"{where}.{part}") for part in ("bound", "shortage")
              if part in told}
    beta, counts = prices["bound"][0], program.money or program.budget
    require(beta == 1 if program.money else counts or beta == 0, f"{where}.bound.money: {short(beta)}")
    shares = [rule["probability"] for rule in told["rules"]]
    require(not shares or sum(shares) == 1 and min(shares) >= 0, f"{where}.rules: not probabilities")
    rules = [read_price(env, program, rule["price"], f"{where}.rules[{k}].price")
             for k, rule in enumerate(told["rules"])]
    if "shortage" in told:
        require(program.budget and prices["shortage"][0] == 1, f"{where}.shortage: not a price of 1 with a budget")
        most = computed.bound(program, ZERO, prices["shortage"])
        require(most < 0, f"{where}.shortage: the cost may be covered")
        return {"contradiction": -most}
    most = computed.bound(program, alpha, prices["bound"], told.get("levels"))
    if rules:
        mixture = [(p, computed.rule(program, price)) for p, price in zip(shares, rules)]
        gains, money = computed.worth(program, mixture)
        require(money >= 0 or not program.budget, f"{where}.rules: they raise {short(-money)} less than the cost")
    if not program.money:
        return {"upper": most} | ({"lower": gains} if rules else {})
    if question["objective"] != "max-surplus":
        return {"lower": max(ZERO, -most)} | ({"upper": max(ZERO, -money)} if rules else {})
    if question["budget"] == "none":
        return {"upper": most} | ({"lower": money} if rules else {})
    if most < 0:
        return {"contradiction": -most}
    exact = question["balance"] == "exact"
    return {"upper": ZERO if exact else most} | ({"lower": ZERO if exact else money} if rules and money >= 0 else {})

def read_price(env, program, told, where):
    """beta, and for each agent the weights on types' participation (none where M = F)."""
    beta, lists = told["money"], told["participation"]
    require(beta >= 0, f"{where}.money: a negative price")
    fits = len(lists) == (len(env.agents) if program.everyone else 0)
    require(fits, f"{where}.participation: not one for each agent")
    for i, own in enumerate(lists):
        weights = [entry["weight"] for entry in own]
        require(sum(weights) == 1 and min(weights) >= 0, f"{where}.participation[{i}]: not probabilities")
    return beta, lists

class ByCells:
    """Bounds and rules with every agent's types cut into cells."""
    def __init__(self, env, count, where):
        self.env, self.where = env, where
        if count * len(env.agents) > 2000:
            raise NotChecked(f"{count} cells for each of {len(env.agents)} agents")
        self.cells = [cells_of_agent(env, i, count) for i in env.agents]
        self.outside = [sum(cell.expect(cell.option) for cell in own) for own in self.cells]
    def virtual(self, alpha, price, i):
        """h on every cell, and its integral."""
        beta, lists = price
        cells = self.cells[i]
        where = f"{self.where}: participation of agent {i}"
        weights = participation_weights(cells, lists[i], where) if lists else None
        densities, totals = [], []
        for cell in cells:
            h = [(alpha + beta) * p for p in [ZERO, *cell.density]]
            if weights is not None:
                met = sum((w for t, w in weights if t <= cell.start), ZERO)
                h = plus(h, plus(cell.below, [met], -1), beta)
            densities.append(h)
            totals.append((alpha + beta) * cell.moment if cell.single else cell.integral(h))
        return densities, totals
    def bound(self, program, alpha, price, levels=None):
        env, (beta, lists) = self.env, price
        all_scores, rest = [], ZERO
        for i, cells in enumerate(self.cells):
            densities, totals = self.virtual(alpha, price, i)
            scores = ironed(cells, totals)
            if levels is not None:
                scores = levelled(cells, densities, totals, scores, levels[i])
            slopes = [own[i] for own in env.slopes]
            rest += excess(cells, densities, totals, scores, min(slopes), max(slopes)) - alpha * self.outside[i]
            if lists:
                rest -= beta * sum(entry["weight"] * env.options[i].at(entry["type"]) for entry in lists[i])
            else:
                rest -= beta * self.outside[i]
            all_scores.append(scores)
        return best(env, self.cells, all_scores, alpha + beta).expected + rest
    def rule(self, program, price):
        scores = [ironed(cells, self.virtual(program.alpha, price, i)[1]) for i, cells in enumerate(self.cells)]
        return best(self.env, self.cells, scores, program.alpha + price[0])
    def worth(self, program, mixture):
        """The expected gains, and the money that is raised when agents get no more than participation asks."""
        env = self.env
        constant = sum(share * rule.constant for share, rule in mixture)
        welfare, rent = constant, ZERO
        for i, cells in enumerate(self.cells):
            slopes = [sum(share * rule.slopes[i][k] for share, rule in mixture) for k in range(len(cells))]
            welfare += sum(cell.moment * a for cell, a in zip(cells, slopes))
            if not program.everyone:
                rent += self.outside[i]
                continue
            utility, least, mean = ZERO, [], ZERO
            for cell, a in zip(cells, slopes):
                rows = bernstein([*cell.option, *[ZERO] * (2 - len(cell.option))], cell.start, cell.end)
                if cell.single:
                    rows = [value(cell.option, cell.start)]
                size, d = cell.end - cell.start, max(len(rows) - 1, 1)
                least += [row - utility - a * size * Fraction(k, d) for k, row in enumerate(rows)]
                mean += a * (size - cell.integral(cell.below))
                utility += a * size
            rent += max(least) + mean
        return welfare - sum(self.outside), welfare - rent

# ---- The best outcome on products of cells -----------------------------------------------------------------

class Best:
    """The expectation of the best sum; of the chosen outcome's constant; and its expected slope by agent and cell."""
    def __init__(self, expected, constant, slopes):
        self.expected, self.constant, self.slopes = expected, constant, slopes

def best(env, cells, scores, weight):
    """On every product of cells the first outcome with the largest sum of scores times slopes, and its constant."""
    constants = [weight * c for c in env.constants]
    if all(sum(a != 0 for a in own) <= 1 for own in env.slopes):
        return best_of_rivals(env, cells, scores, constants)
    if prod(map(len, cells)) * len(constants) > 4000000:
        raise NotChecked("too many products of cells")
    slopes = [[ZERO] * len(own) for own in cells]
    constant = expected = ZERO
    n, outcomes = len(cells), range(len(constants))
    terms = [[[score * env.slopes[x][i] for x in outcomes] for score in scores[i]] for i in range(n)]
    masses = [[cell.mass for cell in own] for own in cells]
    for at in product(*(range(len(own)) for own in cells)):
        rows = [terms[i][k] for i, k in enumerate(at)]
        sums = [c + sum(row[x] for row in rows) for x, c in enumerate(constants)]
        most = max(sums)
        x = sums.index(most)
        parts = [masses[i][k] for i, k in enumerate(at)]
        p = prod(parts)
        expected += p * most
        constant += p * env.constants[x]
        for i, k in enumerate(at):
            if env.slopes[x][i]:
                slopes[i][k] += (p / parts[i] if parts[i] else prod(parts[:i] + parts[i + 1:])) * env.slopes[x][i]
    return Best(expected, constant, slopes)

def best_of_rivals(env, cells, scores, constants):
    """The same where every outcome has a slope of one agent at most: each agent's best own outcome competes."""
    owner = [next((i for i, a in enumerate(own) if a), None) for own in env.slopes]
    bids = []  # of each rival, by cell: (sum, minus the place of the outcome), and the probability
    rivals = sorted({*owner}, key=lambda i: -1 if i is None else i)
    for i in rivals:
        own = [x for x, who in enumerate(owner) if who == i]
        rows = [(cell.mass, score) for cell, score in zip(cells[i], scores[i])] if i is not None else [(1, 0)]
        bids.append([(max((constants[x] + (score * env.slopes[x][i] if i is not None else 0), -x) for x in own), mass)
                     for mass, score in rows])
    slopes = [[ZERO] * len(own) for own in cells]
    expected = constant = ZERO
    order = sorted({bid for own in bids for bid, _ in own})
    below = []  # of each rival: the probability of less than each bid
    for own in bids:
        chance, rows, total = {}, {}, ZERO
        for bid, mass in own:
            chance[bid] = chance.get(bid, 0) + mass
        for bid in order:
            rows[bid] = total
            total += chance.get(bid, 0)
        below.append(rows)
    for r, (i, own) in enumerate(zip(rivals, bids)):
        for k, ((amount, minus_x), mass) in enumerate(own):
            wins = prod(rows[amount, minus_x] for s, rows in enumerate(below) if s != r)
            expected += mass * wins * amount
            constant += mass * wins * env.constants[-minus_x]
            if i is not None:
                slopes[i][k] = wins * env.slopes[-minus_x][i]
    return Best(expected, constant, slopes)
