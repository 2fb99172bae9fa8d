"""The kinds `free-ex-post` and `free-dominant` of mechlp_continuum.py: two agents, allocations free, participation and
budget at every profile (parts B and C of continuum-free.md).

a is a cell of the first agent, b of the second; products of cells are numbered with the second agent's fastest. A
lottery is told by its expected slopes and constant, `(a_1(p), a_2(p), sum of b_i(p) - c(p))`.
"""
from fractions import Fraction
from itertools import combinations, product
from mechlp_instance import expect, integer, number, read, require, short
from mechlp_polynomial import bernstein, plus, value
from mechlp_cells import ZERO, beyond, cells_of_agent, excess, levelled, participation_weights
from mechlp_free import CERTIFICATE as IN_EXPECTATION, WEIGHTS, Program, bracket_in_expectation
from mechlp_intervals import NotChecked

SHIFTS = ({"cell": integer, "weight": number}, None)
NUMBERS = (number, None)

def lottery(told, where):
    return read(NUMBERS, told, where) if isinstance(told, list) else integer(told, where)

LOTTERIES = (lottery, None)
EX_POST = {"kind": "free-ex-post", "cells": integer, "inExpectation?": IN_EXPECTATION, "bound?": {
    "weights": (NUMBERS, None), "participation": (WEIGHTS, None), "shifts": (SHIFTS, None), "averaged": number,
    "levels?": NUMBERS}, "mechanism?": {
    "base": NUMBERS, "lotteries": LOTTERIES, "gains": (NUMBERS, None), "left?": NUMBERS}}
DOMINANT = {"kind": "free-dominant", "cells": integer, "inExpectation?": IN_EXPECTATION, "bound?": {
    "budget": NUMBERS, "participation": ((WEIGHTS, None), None), "shifts": ((SHIFTS, None), None)}, "mechanism?": {
    "lotteries": LOTTERIES, "base": (NUMBERS, None)}}

def judge_free_ex_post(env, question, told):
    return judge(env, question, read(EX_POST, told, "certificate"), ("bayesian",), bound_ex_post,
                 mechanism_ex_post)

def judge_free_dominant(env, question, told):
    return judge(env, question, read(DOMINANT, told, "certificate"), ("ex-post", "dominant"), bound_dominant,
                 mechanism_dominant)

def judge(env, question, told, ic, bound, mechanism):
    kind = told["kind"]
    asked = {"ic": ic, "ir": ("ex-post",), "budget": ("ex-post",), "allocation": ("free",)}
    for part, words in asked.items():
        require(question[part] in words, f"certificate: {kind} is about {part} {' or '.join(words)} alone")
    fits = len(env.agents) == 2 and env.lines is not None
    require(fits, f"certificate: {kind} is about two agents and finitely many outcomes")
    for i, law in enumerate(env.laws):
        require(not law.atoms and all(c for _, _, c in law.pieces), f"certificate: {kind} covers positive densities")
        curved = any(len(c) > 2 for _, _, c in env.options[i].pieces(law.lo, law.hi))
        require(kind != "free-ex-post" or not curved, f"certificate: {kind} covers outside options affine by pieces")
    expect(1 <= told["cells"] <= 1000, str(told["cells"]), "certificate.cells", "from 1 to 1000")
    if told["cells"] > 60:
        raise NotChecked(f"{told['cells']} cells for each agent")
    mesh = Products(env, told["cells"])
    maximised, proved = question["objective"].startswith("max"), {}
    if "inExpectation" in told:
        proved = bracket_in_expectation(env, Program(question | {"ir": "interim"}), told["inExpectation"],
                                        "certificate.inExpectation")
        proved.pop("lower" if maximised else "upper", None)
    upper = bound(mesh, question, told["bound"]) if "bound" in told else None
    lower = mechanism(mesh, question, told["mechanism"]) if "mechanism" in told else None
    if "contradiction" in proved:
        return proved
    if not maximised:
        return {"lower": ZERO} | proved | ({} if lower is None else {"upper": ZERO})
    if question["objective"] == "max-surplus" and question["balance"] == "exact":
        return {"upper": ZERO} | ({} if lower is None else {"lower": ZERO})
    if upper is not None:
        proved["upper"] = min(proved.get("upper", upper), upper)
    return proved | ({} if lower is None else {"lower": lower})

class Products:
    """The two agents' cells, and their products."""
    def __init__(self, env, count):
        self.env, self.cells = env, [cells_of_agent(env, i, count) for i in range(2)]
        self.mass = [[cell.mass for cell in own] for own in self.cells]
        self.size = [len(own) for own in self.cells]
        self.lines = [(*slopes, constant) for slopes, constant in zip(env.slopes, env.constants)]
        self.range = [(min(own), max(own)) for own in zip(*env.slopes)]
        self.outside = [sum(cell.expect(cell.option) for cell in own) for own in self.cells]
        self.all = [*product(*map(range, self.size))]
    def __getitem__(self, at):
        """The number of a product of cells."""
        return at[0] * self.size[1] + at[1]
    def both(self, a, b):
        return self.cells[0][a], self.cells[1][b]
    def chance(self, a, b):
        return self.mass[0][a] * self.mass[1][b]
    def corners(self, a, b):
        """Ends of both cells with the weights that have the mean types as their mean."""
        ends = []
        for cell in self.both(a, b):
            share = (cell.mean - cell.start) / (cell.end - cell.start)
            ends.append(((cell.start, 1 - share), (cell.end, share)))
        return [(s, t, v * w) for (s, v), (t, w) in product(*ends)]
    def lotteries(self, told):
        require(len(told) == len(self.all), "certificate.mechanism: not one lottery for each product of cells")
        out = []
        for k, entry in enumerate(told):
            if not isinstance(entry, list):
                require(0 <= entry < len(self.lines), f"certificate.mechanism.lotteries[{k}]: no outcome")
                out.append(self.lines[entry])
                continue
            fits = len(entry) == len(self.lines) and min(entry) >= 0 and sum(entry) == 1
            require(fits, f"certificate.mechanism.lotteries[{k}]: no lottery")
            out.append(tuple(sum(p * own[part] for p, own in zip(entry, self.lines)) for part in range(3)))
        return out
    def shifts(self, told, i, where):
        out = [ZERO] * self.size[i]
        for entry in told:
            require(0 <= entry["cell"] < self.size[i], f"{where}: no cell {entry['cell']}")
            out[entry["cell"]] += entry["weight"]
        return out

def density_of_slope(cells, weights, masses, own):
    """h: the weights at types beyond s, less the integral of `weights` beyond s, and own (s - mean type) f(s)."""
    densities, after = [], ZERO
    for cell, weight, factor in reversed([*zip(cells, weights, own)]):
        met = sum((w for t, w in masses if t >= cell.end), ZERO)
        h = plus([met - after], beyond(cell, cell.density), -weight)
        lean = [ZERO, *cell.density]
        densities.append(plus(h, plus(lean, cell.density, -cell.mean), factor))
        after += weight * cell.mass
    return densities[::-1]

# ---- Truth best in expectation -----------------------------------------------------------------------------

def bound_ex_post(mesh, question, told):
    env, where = mesh.env, "certificate.bound"
    kappa, free = int(question["objective"] == "max-surplus"), question["balance"] == "no-deficit"
    for part in ("weights", "participation", "shifts"):
        require(len(told[part]) == 2, f"{where}.{part}: not one list for each agent")
    levels, w, total, scores = told.get("levels"), told["averaged"], ZERO, []
    require(levels is None or len(levels) == 2, f"{where}.levels: not one for each agent")
    for i, cells in enumerate(mesh.cells):
        y = told["weights"][i]
        require(len(y) == len(cells), f"{where}.weights[{i}]: not one for each cell")
        nu = participation_weights(cells, told["participation"][i], f"{where}.participation[{i}]")
        require(sum(p * own for p, own in zip(mesh.mass[i], y)) == sum(weight for _, weight in nu),
                f"{where}: weights of agent {i} with different sums")
        densities = density_of_slope(cells, y, nu, [w] * len(cells))
        totals = [cell.integral(h) for cell, h in zip(cells, densities)]
        shifts = mesh.shifts(told["shifts"][i], i, f"{where}.shifts[{i}]")
        own = [(h + shift) / cell.mass for cell, h, shift in zip(cells, totals, shifts)]
        if levels is not None:
            own = levelled(cells, densities, totals, own, levels[i])
        scores.append(own)
        total += excess(cells, densities, totals, own, *mesh.range[i])
        total += sum(weight * cell.expect(cell.option) for weight, cell in zip(y, cells))
        total -= sum(weight * env.options[i].at(t) for t, weight in nu)
    for a, b in mesh.all:
        one, two = mesh.both(a, b)
        outside = sum(cell.expect(cell.option) / cell.mass for cell in (one, two))
        least = max(told["weights"][0][a], told["weights"][1][b]) - kappa
        least = max(least, ZERO) if free else least
        # At each corner, by outcome, (1 + Z) times the first plus the second:
        rows = []
        for s, t, v in mesh.corners(a, b):
            first, second = scores[0][a] - w * (s - one.mean), scores[1][b] - w * (t - two.mean)
            rows.append((v, [(x * s + y * t + c, x * first + y * second) for x, y, c in mesh.lines]))
        turns = {least}
        for _, own in rows:
            turns |= {(q - d) / (c - p) - 1 for (p, q), (c, d) in combinations(own, 2) if p != c}
        with_z = lambda z: sum(v * max((1 + z) * p + q for p, q in own) for v, own in rows) - (1 + z) * outside
        total += mesh.chance(a, b) * min(with_z(z) for z in turns if z >= least)
    return total

def mechanism_ex_post(mesh, question, told):
    where, env = "certificate.mechanism", mesh.env
    lotteries, gains, left = mesh.lotteries(told["lotteries"]), told["gains"], told.get("left")
    fits = len(gains) == len(mesh.all) and all(len(own) == 3 for own in gains)
    require(fits, f"{where}.gains: not three for each product of cells")
    if left is None:
        left = [ZERO] * len(mesh.all)
    else:
        require(question["balance"] == "no-deficit", f"{where}.left: the budget is exact")
        require(len(left) == len(mesh.all) and min(left) >= 0, f"{where}.left: not one for each product of cells")
    require(len(told["base"]) == 2, f"{where}.base: not one for each agent")
    # Of each agent and cell the interim gain at the mean type, its slope, and the expected slope of the outcome:
    interim = [[[ZERO] * 3 for _ in own] for own in mesh.cells]
    worth = ZERO
    for k, (a, b) in enumerate(mesh.all):
        both, (x, y, c) = mesh.both(a, b), lotteries[k]
        options = [padded2(cell.option) for cell in both]
        whole = x * both[0].mean + y * both[1].mean + c - sum(value(u, cell.mean) for u, cell in zip(options, both))
        first = gains[k]
        slopes = [(part, rate - u[1] - part) for part, rate, u in zip(first[1:], (x, y), options)]  # by type, of both
        means = first[0], whole - first[0] - left[k]
        for s, t, _ in mesh.corners(a, b):
            for i in range(2):
                here = means[i] + slopes[0][i] * (s - both[0].mean) + slopes[1][i] * (t - both[1].mean)
                require(here >= 0, f"{where}: agent {i} loses {short(-here)} at {short(s)}, {short(t)}")
        for i, (own, other) in enumerate(((a, b), (b, a))):
            p = mesh.mass[1 - i][other]
            for part, amount in enumerate((means[i], slopes[i][i], lotteries[k][i])):
                interim[i][own][part] += p * amount
        worth += mesh.chance(a, b) * (left[k] if question["objective"] == "max-surplus" else whole)
    for i, cells in enumerate(mesh.cells):
        utility, before = told["base"][i], None
        for cell, (gain, slope, rising) in zip(cells, interim[i]):
            u = padded2(cell.option)
            here = f"{where}: agent {i} from {short(cell.start)} on"
            require(before is None or before <= rising, f"{here}: its expected slope falls")
            right = utility + rising * (cell.mean - cell.start) - value(u, cell.mean)
            require(gain == right and slope == rising - u[1], f"{here}: its gains are not what truth asks for")
            utility, before = utility + rising * (cell.end - cell.start), rising
    return worth

def padded2(c):
    return [*c, *[ZERO] * (2 - len(c))]

# ---- Truth best at every profile ---------------------------------------------------------------------------

def bound_dominant(mesh, question, told):
    env, where = mesh.env, "certificate.bound"
    alpha, zeta = int(question["objective"] != "max-surplus"), told["budget"]
    require(len(zeta) == len(mesh.all), f"{where}.budget: not one for each product of cells")
    if question["balance"] == "no-deficit":
        require(min(zeta) >= 1 - alpha, f"{where}.budget: less than {1 - alpha}")
    for part in ("participation", "shifts"):
        fits = len(told[part]) == 2 and all(len(own) == mesh.size[1 - i] for i, own in enumerate(told[part]))
        require(fits, f"{where}.{part}: not one list for each agent and cell of the other")
    total, scores = -alpha * sum(mesh.outside), [{}, {}]
    for i, cells in enumerate(mesh.cells):
        for other, p in enumerate(mesh.mass[1 - i]):
            places = [(k, other) if i == 0 else (other, k) for k in range(len(cells))]
            here = f"{where}: agent {i}, cell {other} of the other"
            nu = participation_weights(cells, told["participation"][i][other], here)
            own = [zeta[mesh[at]] for at in places]
            require(sum(q * z for q, z in zip(mesh.mass[i], own)) == sum(weight for _, weight in nu),
                    f"{here}: weights with different sums")
            densities = density_of_slope(cells, own, nu, [alpha + z for z in own])
            totals = [cell.integral(h) for cell, h in zip(cells, densities)]
            shifts = mesh.shifts(told["shifts"][i][other], i, here)
            found = [(h + shift) / cell.mass for cell, h, shift in zip(cells, totals, shifts)]
            scores[i].update(zip(places, found))
            total += p * excess(cells, densities, totals, found, *mesh.range[i])
            total -= p * sum(weight * env.options[i].at(t) for t, weight in nu)
    for at in mesh.all:
        one, two = mesh.both(*at)
        factor = alpha + zeta[mesh[at]]
        first, second = (factor * cell.mean + own[at] for cell, own in zip((one, two), scores))
        total += mesh.chance(*at) * max(factor * c + x * first + y * second for x, y, c in mesh.lines)
    return total

def mechanism_dominant(mesh, question, told):
    where = "certificate.mechanism"
    lotteries, base = mesh.lotteries(told["lotteries"]), told["base"]
    fits = len(base) == 2 and all(len(own) == mesh.size[1 - i] for i, own in enumerate(base))
    require(fits, f"{where}.base: not one for each agent and cell of the other")
    at_start = [{}, {}]  # utilities where a product of cells begins
    for i, cells in enumerate(mesh.cells):
        for other in range(mesh.size[1 - i]):
            utility, before = base[i][other], None
            for k, cell in enumerate(cells):
                at = (k, other) if i == 0 else (other, k)
                slope = lotteries[mesh[at]][i]
                require(before is None or before <= slope, f"{where}: agent {i}'s slope falls at {short(cell.start)}")
                at_start[i][at] = utility
                rows = bernstein(padded2(cell.option), cell.start, cell.end)
                for j, row in enumerate(rows):
                    have = utility + slope * (cell.end - cell.start) * Fraction(j, len(rows) - 1)
                    require(have >= row, f"{where}: agent {i} may lose {short(row - have)} near {short(cell.start)}")
                utility, before = utility + slope * (cell.end - cell.start), slope
    worth = ZERO
    for at in mesh.all:
        (x, y, c), (one, two) = lotteries[mesh[at]], mesh.both(*at)
        money = x * one.start + y * two.start + c - at_start[0][at] - at_start[1][at]
        fits = money >= 0 if question["balance"] == "no-deficit" else money == 0
        require(fits, f"{where}: {short(money)} is left over from {short(one.start)}, {short(two.start)} on")
        earns = question["objective"] == "max-surplus"
        worth += mesh.chance(*at) * (money if earns else x * one.mean + y * two.mean + c)
    return worth - (0 if earns else sum(mesh.outside))
