"""The kind `interim` of mechlp_continuum.py: efficient allocations, requirements in expectation."""
from fractions import Fraction
from itertools import combinations, product
from math import prod
from mechlp_instance import expect, number, read, require, short, whole
from mechlp_groves import left_by_profile, money_at_profiles
from mechlp_intervals import NotChecked
from mechlp_polynomial import (Curve, affine, by_points_within, distribution, maximum_with, most, nonnegative, plus,
                               shifted)

# ---- The expected surplus, exactly -------------------------------------------------------------------------

def interim_surplus(env):
    """W of every agent as a curve, or None where it is not a piecewise polynomial that is known here."""
    if len(env.agents) == 2:
        return [of_two(env, i) for i in env.agents]
    parts = independent_parts(env)
    return parts and [of_parts(env, i, *parts) for i in env.agents]

def of_two(env, i):
    """E[S | t_i] with one other agent: a polynomial between the types where the order of the other's types at
    which outcomes cross, and of the nodes of its law, changes."""
    law, j = env.laws[1 - i], 1 - i
    lines = [(constant, slopes[i], slopes[j]) for constant, slopes in env.lines]
    places, breaks = [(x, Fraction(0)) for x in law.nodes], set()
    for (c, a, b), (d, e, f) in combinations(lines, 2):
        if b != f:
            places.append(((d - c) / (b - f), (e - a) / (b - f)))
        elif a != e:
            breaks.add((d - c) / (a - e))
    breaks |= {(r - p) / (q - s) for (p, q), (r, s) in combinations(set(places), 2) if q != s}
    own = env.laws[i]
    breaks = {x for x in breaks if own.lo < x < own.hi} | {own.lo, own.hi}
    def at(t):
        return law.mean(most([(c + a * t, b) for c, a, b in lines], law.lo, law.hi))
    return by_points_within(breaks, law.degree + 2, at)

def independent_parts(env):
    """A slope of each agent, and the parts of the outcomes that are left when it is taken from all of its."""
    for base in product(*({slopes[i] for _, slopes in env.lines} for i in env.agents)):
        parts = {}
        for constant, slopes in env.lines:
            rest = tuple(a - b for a, b in zip(slopes, base))
            holders = tuple(i for i in env.agents if rest[i])
            parts.setdefault(holders, []).append((constant, rest))
        holders = [i for own in parts for i in own]
        if len(set(holders)) == len(holders) and all(
                len(own) == 1 or len(who) <= 1 for who, own in parts.items()):
            return base, parts
    return None

def law_of_part(env, holders, lines):
    """The distribution function of a part."""
    if not holders:
        return step(max(c for c, _ in lines))
    if len(holders) == 1:
        i = holders[0]
        return distribution([(c, rest[i]) for c, rest in lines], env.laws[i])
    curve = step(lines[0][0])
    for i in holders:
        curve = shifted(curve, env.laws[i], -lines[0][1][i])
    return curve

def step(x):
    return Curve([x], [[], [Fraction(1)]])

def of_parts(env, i, base, parts):
    others = [law_of_part(env, who, own) for who, own in parts.items() if i not in who]
    rest = sum((base[j] * env.laws[j].mean(affine(0, 1)) for j in env.agents if j != i), Fraction(0))
    own = next(((who, lines) for who, lines in parts.items() if i in who), None)
    law = env.laws[i]
    larger = maximum_with(others) if others else affine(0, 1)
    if own is None:
        constant = larger.at(min(larger.breaks) - 1)  # below everything: E max of all parts
        return affine(rest + constant, base[i])
    who, lines = own
    if len(who) > 1:
        for j in who:
            larger = shifted(larger, env.laws[j], lines[0][1][j]) if j != i else larger
    top = most([(c, r[i]) for c, r in lines], law.lo, law.hi)
    turns = {(x - c) / a for _, _, (c, a) in top.pieces(law.lo, law.hi) if a for x in larger.breaks}
    breaks = {law.lo, law.hi, *top.breaks, *(x for x in turns if law.lo < x < law.hi)}
    return by_points_within(breaks, max(larger.degree, 1), lambda t: rest + base[i] * t + larger.at(top.at(t)))

# ---- The kind `interim` ------------------------------------------------------------------------------------

class Mesh:
    """S enclosed on products of equal cells: below by tangents, above by the interpolation of corners."""
    def __init__(self, env, cells):
        if cells ** len(env.agents) > 400000:
            raise NotChecked(f"a mesh of {cells}^{len(env.agents)} cells")
        self.env, self.cells = env, cells
        self.nodes = [[law.lo + (law.hi - law.lo) * Fraction(k, cells) for k in range(cells + 1)]
                      for law in env.laws]
        self.chance, self.middle, self.weight = [], [], []
        for law, nodes in zip(env.laws, self.nodes):
            chance, middle, weight = cells_of(law, nodes, left=True)
            self.chance.append(chance), self.middle.append(middle), self.weight.append(weight)
        self.means = [law.mean(affine(0, 1)) for law in env.laws]
    def expected_surplus(self):
        """A lower and an upper bound of E S."""
        env = self.env
        low = sum(prod(p) * env.surplus(t) for p, t in zip(product(*self.chance), product(*self.middle)))
        high = sum(prod(w) * env.surplus(t) for w, t in zip(product(*self.weight), product(*self.nodes)))
        return low, high
    def below(self, i):
        """A curve below W of agent i."""
        nodes, polys = self.nodes[i], []
        for a, b in zip(nodes, nodes[1:]):
            c, slope = Fraction(0), Fraction(0)
            for chance, types in self.others(i, self.chance, self.middle, [(a + b) / 2]):
                constant, slopes = self.env.tangent(types)
                c += chance * (constant + sum(s * t for j, (s, t) in enumerate(zip(slopes, types)) if j != i))
                slope += chance * slopes[i]
            polys.append([c, slope])
        return Curve(nodes[1:-1], polys)
    def above(self, i, t):
        """At least W of agent i at the type t: interpolated, in its own type too."""
        nodes = self.nodes[i]
        k = next(k for k in range(self.cells) if t <= nodes[k + 1])
        a, b = nodes[k], nodes[k + 1]
        return sum(share * sum(w * self.env.surplus(types)
                               for w, types in self.others(i, self.weight, self.nodes, [x]))
                   for share, x in (((b - t) / (b - a), a), ((t - a) / (b - a), b)) if share)
    def others(self, i, weights, places, own):
        weights, places = [*weights], [*places]
        weights[i], places[i] = [Fraction(1)], own
        return ((prod(w), t) for w, t in zip(product(*weights), product(*places)))

def cells_of(law, nodes, left=False):
    """Of cells between nodes: probabilities, mean types (the middle where there is no probability), and by
    node the weights with which the expectation of an interpolation counts it."""
    one, itself = Curve([], [[Fraction(1)]]), affine(0, 1)
    chance, middle, weight = [], [], [Fraction(0)] * len(nodes)
    for k, (a, b) in enumerate(zip(nodes, nodes[1:])):
        p = law.mean(one, a, b, left)
        m = law.mean(itself, a, b, left) / p if p else (a + b) / 2
        chance.append(p), middle.append(m)
        weight[k] += p * (b - m) / (b - a)
        weight[k + 1] += p * (m - a) / (b - a)
    return chance, middle, weight

def judge_interim(env, question, told):
    told = read({"kind": "interim", "cells?": whole, "participation": (
        {"types": (number, None), "lower": number, "upper": number}, None)}, told, "certificate")
    ic, ir, budget = question["ic"], question["ir"], question["budget"]
    require(question["allocation"] == "efficient", "certificate: interim is about efficient allocations")
    alone = len(env.agents) == 1
    require(not (ir == "ex-post" and budget == "ex-post" and ic == "bayesian") or alone,
            "certificate: interim is not about participation and budget at every profile")
    require(ic != "none" or budget != "ex-post" or (ir != "ex-post" and not alone),
            "certificate: without incentives interim covers a budget at every profile with two agents or more, and without participation there")
    open_end = question["objective"] == "max-surplus" and (question["balance"] == "no-deficit" or budget == "none")
    require(ir != "none" or not open_end, "certificate: interim does not cover a surplus without bound")
    n, cells = len(env.agents), told.get("cells")
    groves = n > 1 and ic in ("ex-post", "dominant")
    if groves and budget == "ex-post":
        require(question["objective"] in ("min-subsidy", "feasibility"),
                f"certificate: interim does not cover {question['objective']} with all that at every profile")
    left = left_by_profile(env) if groves and ir == "ex-post" else None
    if cells is None:
        require(env.lines is not None, "certificate: interim needs cells where outcomes are a continuum")
        own = interim_surplus(env)
        if own is None:
            raise NotChecked("an expected surplus without cells, which this checker does not find exactly")
        total = (env.laws[0].mean(own[0]),) * 2
        below, above = own.__getitem__, lambda i, t: own[i].at(t)
    else:
        expect(1 <= cells <= 10000, str(cells), "certificate.cells", "a whole number from 1 to 10000")
        mesh = Mesh(env, cells)
        total, below, above = mesh.expected_surplus(), mesh.below, mesh.above
    outside = [law.mean(option) for law, option in zip(env.laws, env.options)]
    asked = ic != "none" and ir in ("interim", "ex-post") and left is None
    require(len(told["participation"]) == (n if asked else 0), "certificate.participation: not one for each agent")
    low, high = [(n - 1) * part for part in total]
    for i, entry in enumerate(told["participation"]):
        where, law, option = f"certificate.participation[{i}]", env.laws[i], env.options[i]
        expect(entry["types"], [], f"{where}.types", "at least one type")
        for t in entry["types"]:
            require(law.lo <= t <= law.hi, f"{where}: {short(t)} is no type")
            found = option.at(t) - above(i, t)
            require(found >= entry["lower"], f"{where}: at {short(t)} it is {short(found)}, less than lower")
        curve = below(i)
        breaks = sorted({x for x in (*curve.breaks, *option.breaks, *entry["types"]) if law.lo < x < law.hi})
        cuts = [law.lo, *breaks, law.hi]
        for a, b in zip(cuts, cuts[1:]):
            (_, _, c), = curve.pieces(a, b)
            (_, _, d), = option.pieces(a, b)
            gap = plus(plus(c, d, -1), [entry["upper"]])
            require(nonnegative(gap, a, b), f"{where}: between {short(a)} and {short(b)} it is more than upper")
        low, high = low + entry["lower"], high + entry["upper"]
    if left is not None:
        low, high = (end - sum(env.laws[1 - i].mean(own) for i, own in enumerate(left)) for end in (low, high))
    if ir == "none" and groves and budget == "ex-post":
        low = high = None
    elif ir == "none":  # any amount may be charged: no outside money is needed
        low = high = Fraction(0)
    elif ir == "ex-ante" or ic == "none":  # (n - 1) E S + sum of (E u_i - E S), whatever E S is exactly
        low, high = sum(outside) - total[1], sum(outside) - total[0]
    if groves and budget == "ex-post":
        return money_at_profiles(env, question, total, low, high, left)
    return bracket(question, low, high, [part - sum(outside) for part in total])

def bracket(question, low, high, gains):
    """What sigma between low and high proves, and expected gains between these two."""
    if not question["objective"].startswith("max"):
        if question["budget"] == "none":
            low = high = Fraction(0)
        return {"lower": max(low, 0), "upper": max(high, 0)}
    free = question["budget"] == "none"
    if low > 0 and not free:
        return {"contradiction": low}
    money = question["objective"] == "max-surplus"
    exact = question["balance"] == "exact" and not free
    lower, upper = ((Fraction(0),) * 2 if exact else (-high, -low)) if money else gains
    return {"lower": lower, "upper": upper} if high <= 0 or free else {"upper": upper}
