"""The kind `efficient-ex-post` of mechlp_continuum.py: participation and budget at every profile.

S is above its tangents and below its interpolation from the corners of a product of fine cells. The lower end is
formula (L) and the upper end formula (U) of continuum-ex-post.md; `withoutMoney` is its section 4. Functions of
types are told by their values at fine nodes (affine in each type between them).
"""
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import prod
from mechlp_instance import anything, boolean, expect, integer, number, read, require, short
from mechlp_polynomial import Curve, bernstein, times
from mechlp_interim import cells_of, judge_interim
from mechlp_intervals import NotChecked

PAIR = (integer, 2)
BLOCK = {"cells": PAIR, "target": PAIR}
SHARES = {"shares": ((number, None), None), "alike?": boolean}
CERTIFICATE = {
    "kind": "efficient-ex-post", "nodes": ((number, None), None), "fine": integer,
    "lower?": ({"density": (number, None), "atoms?": ([integer, number], None)}, None), "upper?": SHARES,
    "inExpectation?": anything, "withoutMoney?": SHARES | {"statusQuo": ({"types": (number, None), "probability": number}, None),
                               "routes": ({"agents": PAIR, "blocks": ((BLOCK, None), 2), "hub?": PAIR}, None)}}

def judge_at_profiles(env, question, told):
    told = read(CERTIFICATE, told, "certificate")
    asked = {"ic": "bayesian", "ir": "ex-post", "budget": "ex-post", "allocation": "efficient"}
    for part, word in asked.items():
        require(question[part] == word, f"certificate: it is about {part} {word} alone")
    require(question["objective"] in ("min-subsidy", "feasibility"),
            f"certificate: it does not cover the objective {question['objective']}")
    fine = told["fine"]
    expect(1 <= fine <= 1000, str(fine), "certificate.fine", "from 1 to 1000")
    mesh = FineMesh(env, told["nodes"], fine)
    exact = question["balance"] == "exact"
    if "withoutMoney" in told:
        expect(not {"lower", "upper", "inExpectation"} & set(told), "both", "certificate", "withoutMoney alone")
        without_money(mesh, told["withoutMoney"], exact)
        return {"lower": Fraction(0), "upper": Fraction(0)}, False
    proved = {"lower": Fraction(0)}
    if "lower" in told:
        proved["lower"] = max(Fraction(0), lower_end(mesh, told["lower"], exact))
    if "inExpectation" in told:  # who never loses does not lose in expectation
        asked = question | {"ir": "interim", "objective": "min-subsidy"}
        proved["lower"] = max(proved["lower"], judge_interim(env, asked, told["inExpectation"])["lower"])
    if "upper" in told:
        proved["upper"] = upper_end(mesh, shares_of(mesh, told["upper"], exact))
    return proved, True

class FineMesh:
    """Nodes, fine nodes, and what is known of S, of outside options and of the laws there."""
    def __init__(self, env, nodes, fine):
        require(len(nodes) == len(env.agents) >= 2, "certificate.nodes: not one list for each of the agents")
        for law, own in zip(env.laws, nodes):
            fits = len(own) > 1 and own[0] == law.lo and own[-1] == law.hi and all(
                a < b for a, b in zip(own, own[1:]))
            require(fits, "certificate.nodes: they do not cut the interval")
        self.env, self.coarse, self.fine, self.agents = env, nodes, fine, env.agents
        self.nodes = [[a + (b - a) * Fraction(k, fine) for a, b in zip(own, own[1:]) for k in range(fine)] + [own[-1]]
                      for own in nodes]
        if prod(len(own) for own in self.nodes) > 300000:
            raise NotChecked("a mesh of more than 300000 products of fine nodes")
        laws = [cells_of(law, own) for law, own in zip(env.laws, self.nodes)]
        self.chance, self.middle, self.weight = [[part[k] for part in laws] for k in range(3)]
        self.cells = [range(len(own) - 1) for own in self.nodes]
        self.corner = {at: env.surplus([own[k] for own, k in zip(self.nodes, at)])
                       for at in product(*(range(len(own)) for own in self.nodes))}
        # Tangents touch S at the mean type of a cell, rounded down to a 64th part of the cell.
        touched = [[a + (b - a) * Fraction(64 * (m - a) // (b - a), 64) for a, b, m in zip(own, own[1:], middle)]
                   for own, middle in zip(self.nodes, self.middle)]
        self.tangents = {at: env.tangent([own[k] for own, k in zip(touched, at)])
                         for at in product(*self.cells)}
        self.on_cell = [{} for _ in self.agents]
        self.pairs = [self.moments(i) for i in self.agents]
        # Outside options from below and from above by functions that are affine between fine nodes:
        self.under = [self.beside(i, -1) for i in self.agents]
        self.over = [self.beside(i, 1) for i in self.agents]
    def moments(self, i):
        """By node and (the same or a neighbouring) node: the expectation of the product of their hats."""
        law, nodes = self.env.laws[i], self.nodes[i]
        found = [{} for _ in nodes]
        for k, (a, b) in enumerate(zip(nodes, nodes[1:])):
            hats = [[b / (b - a), -1 / (b - a)], [-a / (b - a), 1 / (b - a)]]
            for p, q in product(range(2), repeat=2):
                part = law.mean(Curve([], [times(hats[p], hats[q])]), a, b)
                found[k + p][k + q] = found[k + p].get(k + q, 0) + part
                self.on_cell[i].setdefault(k, {})[p, q] = part
        return found
    def beside(self, i, side):
        option, nodes = self.env.options[i], self.nodes[i]
        excess = [Fraction(0)] * len(nodes)
        for k, (a, b) in enumerate(zip(nodes, nodes[1:])):
            for p, q, c in option.pieces(a, b):
                rows = bernstein(c, p, q)
                d = max(len(rows) - 1, 1)
                for j, row in enumerate(rows):
                    x = p + (q - p) * Fraction(j, d)
                    chord = option.at(a) + (option.at(b) - option.at(a)) * (x - a) / (b - a)
                    for end in (k, k + 1):
                        excess[end] = max(excess[end], side * (row - chord))
        return [option.at(x) + side * more for x, more in zip(nodes, excess)]
    def gains(self):
        """max(0, S less what is below the outside options), at fine nodes."""
        return {at: max(Fraction(0), s - sum(u[k] for u, k in zip(self.under, at))) for at, s in self.corner.items()}
    def mean_product(self, f, g, own=None):
        """E of the product of two functions at fine nodes; given the type of an agent its three Bernstein
        coefficients on every fine cell of that agent."""
        sums = {}
        near = [own_pairs if i != own else [{k: 1, k + 1: 1, k - 1: 1} for k in range(len(own_pairs))]
                for i, own_pairs in enumerate(self.pairs)]
        for at, amount in f.items():
            if not amount:
                continue
            for other in product(*(near[i][k].items() for i, k in enumerate(at))):
                to = tuple(k for k, _ in other)
                if to in g:
                    key = None if own is None else (at[own], to[own])
                    sums[key] = sums.get(key, 0) + amount * prod(w for _, w in other) * g[to]
        if own is None:
            return sums.get(None, Fraction(0))
        get = lambda *key: sums.get(key, Fraction(0))
        return [[get(k, k), (get(k, k + 1) + get(k + 1, k)) / 2, get(k + 1, k + 1)] for k in self.cells[own]]
    def interim_below(self, i):
        """On every fine cell of an agent two values, at its ends, of an affine function below E[S | t_i]."""
        sums = [[Fraction(0), Fraction(0)] for _ in self.cells[i]]
        for at, (constant, slopes) in self.tangents.items():
            p = prod(self.chance[j][k] for j, k in enumerate(at) if j != i)
            rest = constant + sum(slopes[j] * self.middle[j][k] for j, k in enumerate(at) if j != i)
            for end in range(2):
                sums[at[i]][end] += p * (rest + slopes[i] * self.nodes[i][at[i] + end])
        return sums

# ---- The two ends ------------------------------------------------------------------------------------------

def lower_end(mesh, told, exact):
    env, agents = mesh.env, mesh.agents
    require(len(told) == len(agents), "certificate.lower: not one for each agent")
    chance = [[sum(p[k * mesh.fine:(k + 1) * mesh.fine]) for k in range(len(own) - 1)]
              for p, own in zip(mesh.chance, mesh.coarse)]
    densities, masses = [], []
    for i, entry in enumerate(told):
        where, density, atoms = f"certificate.lower[{i}]", entry["density"], entry.get("atoms", [])
        require(len(density) == len(chance[i]), f"{where}: not one weight for each cell")
        require(all(0 <= k < len(mesh.coarse[i]) for k, _ in atoms), f"{where}: a mass at no node")
        require(min([*density, *(m for _, m in atoms)]) >= 0, f"{where}: a negative weight")
        total = sum(p * y for p, y in zip(chance[i], density)) + sum(m for _, m in atoms)
        require(total > 0, f"{where}: no weight at all")
        densities.append([y / total for y in density])
        masses.append([(k * mesh.fine, m / total) for k, m in atoms])
    low, high = {}, {}
    for at in product(*mesh.cells):
        key = tuple(k // mesh.fine for k in at)
        p = prod(own[k] for own, k in zip(mesh.chance, at))
        if p:
            constant, slopes = mesh.tangents[at]
            s = constant + sum(a * own[k] for a, own, k in zip(slopes, mesh.middle, at))
            low[key] = low.get(key, 0) + p * s
            parts = []
            for i, k in enumerate(at):
                a, b = mesh.nodes[i][k:k + 2]
                m = mesh.middle[i][k]
                parts.append([(k, (b - m) / (b - a)), (k + 1, (m - a) / (b - a))])
            high[key] = high.get(key, 0) + p * sum(
                prod(w for _, w in corner) * mesh.corner[tuple(k for k, _ in corner)]
                for corner in product(*parts))
    options = [[law.mean(option, a, b) for a, b in zip(own, own[1:])]
               for law, option, own in zip(env.laws, env.options, mesh.coarse)]
    total = Fraction(0)
    for key in low:
        y = [own[k] for own, k in zip(densities, key)]
        others = [prod(p[k] for j, (p, k) in enumerate(zip(chance, key)) if j != i) for i in agents]
        u = [options[i][key[i]] * others[i] for i in agents]
        def with_z(z):
            factor = len(agents) - 1 + z - sum(y)
            return factor * (low if factor >= 0 else high)[key] + sum((y[i] - z) * u[i] for i in agents)
        z = min(y) if exact else min(1, *y)
        total += max(with_z(z), with_z(0))
    for i in agents:
        for node, mass in masses[i]:
            if mass:
                weights, t = [*mesh.weight], mesh.nodes[i][node]
                weights[i] = [Fraction(int(k == node)) for k in range(len(mesh.nodes[i]))]
                s = sum(prod(own[k] for own, k in zip(weights, at)) * mesh.corner[at]
                        for at in product(*(range(len(own)) if j != i else [node]
                                            for j, own in enumerate(mesh.nodes))))
                total -= mass * (s - env.options[i].at(t))
    return total

def shares_of(mesh, told, exact):
    """The shares of all agents at fine nodes."""
    lists, agents, sizes = told["shares"], mesh.agents, [len(own) for own in mesh.coarse]
    n = len(agents)
    if told.get("alike", False):
        require(len(lists) == 1 and len({tuple(own) for own in mesh.coarse}) == 1,
                "certificate: shares that are alike have one list, and the same nodes")
        groups = [*combinations_with_replacement(range(sizes[0]), n - 1)]
        place = {own: k for k, own in enumerate(groups)}
        require(len(lists[0]) == sizes[0] * len(groups), "certificate: shares of the wrong length")
        at_node = lambda i, at: lists[0][at[i] * len(groups) + place[tuple(sorted(at[:i] + at[i + 1:]))]]
        known = agents
    else:
        require(1 <= len(lists) <= n and all(len(own) == prod(sizes) for own in lists),
                "certificate: shares of the wrong length")
        order = {at: k for k, at in enumerate(product(*map(range, sizes)))}
        known, at_node = range(len(lists)), lambda i, at: lists[i][order[at]]
    coarse = [{} for _ in agents]
    for at in product(*map(range, sizes)):
        own = [at_node(i, at) for i in known]
        require(min(own, default=0) >= 0 and sum(own) <= 1, "certificate: shares that are negative or sum to over 1")
        left = (1 - sum(own)) / (n - len(known) or n) if exact else 0
        for i in agents:
            coarse[i][at] = (own[i] if i in known else 0) + (left if i not in known or len(known) == n else 0)
    def between(table):
        """Affine in each type between nodes, one agent after the other."""
        for i in agents:
            finer = {}
            for at, share in table.items():
                k = at[i]
                finer[at[:i] + (k * mesh.fine,) + at[i + 1:]] = share
                if k + 1 < sizes[i]:
                    step = (table[at[:i] + (k + 1,) + at[i + 1:]] - share) / mesh.fine
                    for r in range(1, mesh.fine):
                        finer[at[:i] + (k * mesh.fine + r,) + at[i + 1:]] = share + r * step
            table = finer
        return table
    return [between(table) for table in coarse]

def elevated(rows, degree):
    """Bernstein coefficients of the same polynomial, of a higher degree."""
    while len(rows) <= degree:
        n = len(rows)
        rows = [(Fraction(k, n) * rows[k - 1] if k else 0) + (Fraction(n - k, n) * rows[k] if k < n else 0)
                for k in range(n + 1)]
    return rows

def upper_end(mesh, shares):
    env, gains, agents = mesh.env, mesh.gains(), mesh.agents
    surplus = sum(prod(own[k] for own, k in zip(mesh.weight, at)) * s for at, s in mesh.corner.items())
    total = (len(agents) - 1) * surplus
    for i in agents:
        share, below, most = mesh.mean_product(shares[i], gains, i), mesh.interim_below(i), None
        for k, (rows, ends) in enumerate(zip(share, below)):
            a, b = mesh.nodes[i][k:k + 2]
            pieces = env.options[i].pieces(a, b)
            option = bernstein(pieces[0][2], a, b) if len(pieces) == 1 else mesh.over[i][k:k + 2]
            degree = max(2, len(option) - 1)
            worth = [p - q + u for p, q, u in zip(elevated(rows, degree), elevated(ends, degree),
                                                  elevated(option, degree))]
            most = max(worth) if most is None else max(most, *worth)
        total += most
    kept = {at: 1 - sum(own[at] for own in shares) for at in gains}
    return total + mesh.mean_product(kept, gains)

# ---- Without money -----------------------------------------------------------------------------------------

def without_money(mesh, told, exact):
    where = "certificate.withoutMoney"
    no_losses(mesh, told["statusQuo"], f"{where}.statusQuo")
    from_left_over = not exact and all(not route["blocks"][1] for route in told["routes"])
    shares = shares_of(mesh, told, not from_left_over)
    # G from below at the corners of every product of fine cells, and at least 0:
    corners = [*product(range(2), repeat=len(mesh.agents))]
    below = {}
    for at, (constant, slopes) in mesh.tangents.items():
        own = [[a * mesh.nodes[i][k + e] - mesh.over[i][k + e] for e in range(2)]
               for i, (a, k) in enumerate(zip(slopes, at))]
        below[at] = [constant + sum(own[i][e] for i, e in enumerate(c)) for c in corners]
    if from_left_over:
        takes = [out_of_left_over(mesh, told["routes"], shares, below, corners, f"{where}.routes")]
        shares = [{at: 1 - sum(own[at] for own in shares) for at in shares[0]}]
    else:
        takes = along_routes(mesh, told["routes"], shares, below, corners, f"{where}.routes")
    for share, taken in zip(shares, takes):
        for at, worth in below.items():
            if taken[at]:
                room = min(share[tuple(k + e for k, e in zip(at, c))] for c in corners) * max(0, min(worth))
                if taken[at] > room:
                    raise NotChecked(f"{where}: no room on a product of cells, as far as is found here")

def out_of_left_over(mesh, routes, shares, below, corners, where):
    """What all agents take together from what shares leave over, on every product of fine cells."""
    require(sorted(route["agents"][0] for route in routes) == [*mesh.agents], f"{where}: not one for each agent")
    total = dict.fromkeys(below, Fraction(0))
    for r, route in enumerate(routes):
        (i, j), here = route["agents"], f"{where}[{r}]"
        require(i != j and 0 <= j < len(mesh.agents), f"{here}: not two agents")
        missed = Rest(mesh, i, shares[i], below, corners).above
        for block, target, p in blocks_of(mesh, route["blocks"][0], i, j, here):
            own, onto = set(block), set(target)
            for at in below:
                if at[i] in own and at[j] in onto:
                    total[at] += missed[at[i]] / p
    return total

def along_routes(mesh, routes, shares, below, corners, where):
    """What each agent takes from its own share at most, on every product of fine cells."""
    takes = [dict.fromkeys(below, Fraction(0)) for _ in mesh.agents]
    done = set()
    for r, route in enumerate(routes):
        i, j = route["agents"]
        here = f"{where}[{r}]"
        require(i != j and 0 <= min(i, j) and max(i, j) < len(mesh.agents), f"{here}: not two agents")
        rests = []
        for agent in (i, j):
            rests.append(Rest(mesh, agent, None if agent in done else shares[agent], below, corners))
            done.add(agent)
        size = along_route(mesh, route, rests, here)
        for at in below:
            taken = size.get((at[i], at[j]), 0)
            takes[i][at] += taken
            takes[j][at] += taken
    require(done == {*mesh.agents}, f"{where}: an agent that none of them names")
    return takes

def no_losses(mesh, told, where):
    """That a lottery over efficient outcomes at some types is worth at least all outside options, at all types."""
    require(told and sum(part["probability"] for part in told) == 1 and min(
        part["probability"] for part in told) >= 0, f"{where}: not a lottery")
    constant, slopes = Fraction(0), [Fraction(0)] * len(mesh.agents)
    for part in told:
        fits = len(part["types"]) == len(slopes) and all(
            law.lo <= t <= law.hi for law, t in zip(mesh.env.laws, part["types"]))
        require(fits, f"{where}: not types of the agents")
        c, own = mesh.env.tangent(part["types"])
        constant += part["probability"] * c
        slopes = [s + part["probability"] * a for s, a in zip(slopes, own)]
    for i, slope in enumerate(slopes):
        constant += min(min(bernstein([p - q for p, q in zip([0, slope, *[0] * len(c)], [*c, 0, 0])], a, b))
                        for a, b, c in mesh.env.options[i].pieces(
                            mesh.nodes[i][0], mesh.nodes[i][-1], mesh.nodes[i]))
    require(constant >= 0, f"{where}: somebody may lose by {short(-constant)}")

class Rest:
    """What is known of r_i = E[(1 - q_i) G | t_i] less its mean, on every fine cell of the agent; 0 without shares."""
    def __init__(self, mesh, i, share, below, corners):
        self.cells = mesh.cells[i]
        self.size = [Fraction(0)] * len(self.cells)
        self.mean = [(Fraction(0), Fraction(0))] * len(self.cells)
        self.above = [Fraction(0)] * len(self.cells)  # of E[(1 - q_i) G | t_i] less a bound of its least value
        if share is None:
            return
        kept = {at: 1 - q for at, q in share.items()}
        high = mesh.mean_product(kept, mesh.gains(), i)
        low = [[Fraction(0)] * 3 for _ in self.cells]
        for at, worth in below.items():
            near = [kept[tuple(k + e for k, e in zip(at, c))] for c in corners]
            for (c, q), (d, g) in product(zip(corners, near), zip(corners, worth)):
                if q and g:
                    p = prod(mesh.on_cell[j][at[j]][c[j], d[j]] for j in mesh.agents if j != i)
                    low[at[i]][c[i] + d[i]] += p * q * g / (2 if c[i] != d[i] else 1)
        own = mesh.on_cell[i]
        expect_of = lambda rows, k: (rows[0] * own[k][0, 0] + 2 * rows[1] * own[k][0, 1] + rows[2] * own[k][1, 1])
        lows, highs = [[expect_of(rows[k], k) for k in self.cells] for rows in (low, high)]
        bottom = min(map(min, low))
        self.above = [max(h) - bottom for h in high]
        least, most = sum(lows), sum(highs)
        self.size = [max(max(h) - least, most - min(l), 0) for l, h in zip(low, high)]
        self.mean = [(l - p * most, h - p * least) for l, h, p in zip(lows, highs, mesh.chance[i])]

def fine_cells(mesh, pair, agent, where):
    a, b = pair
    require(0 <= a < b <= len(mesh.coarse[agent]) - 1, f"{where}: cells that there are not")
    return range(a * mesh.fine, b * mesh.fine)

def chance_of(mesh, cells, agent, where):
    p = sum(mesh.chance[agent][k] for k in cells)
    require(p > 0, f"{where}: a target without probability")
    return p

def blocks_of(mesh, blocks, agent, other, where):
    """Blocks that part an agent's fine cells, the fine cells of the other that they go to, and how likely these are."""
    own = [(fine_cells(mesh, block["cells"], agent, where), fine_cells(mesh, block["target"], other, where))
           for block in blocks]
    covered = sorted(k for block, _ in own for k in block)
    require(covered == [*mesh.cells[agent]], f"{where}: blocks that do not part the types")
    return [(block, target, chance_of(mesh, target, other, where)) for block, target in own]

def along_route(mesh, route, rests, where):
    """The most that |d_i| can be, by fine cells of the two agents."""
    i, j = route["agents"]
    parts = [blocks_of(mesh, route["blocks"][0], i, j, where), blocks_of(mesh, route["blocks"][1], j, i, where)]
    add = lambda x, y, factor=1: (x[0] + factor * y[0], x[1] + factor * y[1])
    total = lambda rest, own: (sum(rest.mean[k][0] for k in own), sum(rest.mean[k][1] for k in own))
    one, two = len(parts[0]) == 1, len(parts[1]) == 1
    zero = (Fraction(0), Fraction(0))
    q = [zero if one else total(rests[0], block) for block, _, _ in parts[0]]
    c = [zero] * len(mesh.cells[j])
    for (_, target, p), amount in zip(parts[0], q):
        for k in target:
            c[k] = add(c[k], amount, 1 / p)
    size_j = [size + max(abs(lo), abs(hi)) for size, (lo, hi) in zip(rests[1].size, c)]
    hub, onto = [Fraction(0)] * len(mesh.cells[j]), [Fraction(0)] * len(mesh.cells[i])
    if not two:
        require("hub" in route, f"{where}: no hub")
        own = fine_cells(mesh, route["hub"], j, f"{where}.hub")
        p = chance_of(mesh, own, j, where)
        for k in own:
            hub[k] = 1 / p
        for block, target, p in parts[1]:
            amount = total(rests[1], block)
            for k in block:
                amount = add(amount, c[k], mesh.chance[j][k])
            for k in target:
                onto[k] += max(abs(amount[0]), abs(amount[1])) / p
    size = {(a, b): onto[a] * hub[b] for a in mesh.cells[i] for b in mesh.cells[j] if hub[b] and onto[a]}
    for block, target, p in parts[0]:
        for a, b in product(block, target):
            size[a, b] = size.get((a, b), 0) + rests[0].size[a] / p
    for block, target, p in parts[1]:
        for b, a in product(block, target):
            size[a, b] = size.get((a, b), 0) + size_j[b] / p
    return size
