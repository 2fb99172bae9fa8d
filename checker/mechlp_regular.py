"""Theorem A3 of continuum-free.md: free allocations in expectation without cells.

Densities are constant by pieces and participation binds at one end, so that virtual values are affine on pieces. Where
they do not fall, the rule that is best by them is a mechanism, and every expectation is a sum of integrals: over
polygons for two agents, else of polynomials, where agents compete and each has one outcome of its own at most.
"""
from bisect import bisect_right
from fractions import Fraction
from itertools import product
from math import prod
from mechlp_instance import require, short
from mechlp_polynomial import Curve, along, by_points, integral, times
from mechlp_cells import ZERO
from mechlp_free import binding_end

class Regular:
    def __init__(self, env):
        self.env = env
        for i, law in enumerate(env.laws):
            flat = not law.atoms and all(len(c) == 1 and c[0] > 0 for _, _, c in law.pieces)
            require(flat, f"certificate: without cells agent {i}'s density is positive and constant by pieces")
        self.outside = [law.mean(option) for law, option in zip(env.laws, env.options)]
        self.owner = None
        if len(env.agents) != 2:
            holders = [[i for i, a in enumerate(own) if a] for own in env.slopes]
            own = [who[0] for who in holders if who]
            require(all(len(who) <= 1 for who in holders) and len(set(own)) == len(own),
                    "certificate: without cells there are two agents, or each is concerned by one outcome of its own")
            self.owner = [who[0] if who else None for who in holders]
    def ends(self, program, lists):
        """Where participation binds, or nothing where it holds together."""
        if not program.everyone:
            return [None for _ in self.env.agents]
        ends = [binding_end(self.env, i) for i in self.env.agents]
        for i, end in enumerate(ends):
            require(end is not None, f"certificate: without cells participation of agent {i} binds at one end")
            for entry in lists[i] if lists else []:
                require(not entry["weight"] or entry["type"] == end,
                        f"certificate: without cells agent {i}'s participation has weight at {short(end)} alone")
        return ends
    def virtual(self, alpha, beta, end, i):
        """By pieces (from, to, density, constant, slope): h over f, for M that is 1 from `end` on (None: F)."""
        law, below, out = self.env.laws[i], ZERO, []
        for a, b, (f,) in law.pieces:
            met = None if end is None else int(end == law.lo)
            # (alpha + beta) s + beta (F(s) - M) / f with F(s) = below + (s - a) f
            rest = 0 if met is None else beta * ((below - met) / f - a)
            out.append((a, b, f, rest, alpha + beta + (0 if met is None else beta)))
            below += (b - a) * f
        return out
    def sums(self, program, alpha, price):
        beta, lists = price
        ends = self.ends(program, lists)
        pieces = [self.virtual(alpha, beta, end, i) for i, end in enumerate(ends)]
        for i, own in enumerate(pieces):
            for (_, b, _, c, s), (a, _, _, d, r) in zip(own, own[1:]):
                require(c + s * b <= d + r * a, f"certificate: without cells agent {i}'s virtual values do not fall")
        weight = alpha + beta
        require(weight > 0, "certificate: without cells prices are positive")
        regions = self.of_two(pieces, weight) if self.owner is None else self.of_rivals(pieces, weight)
        return ends, pieces, regions
    def bound(self, program, alpha, price, levels=None):
        ends, pieces, regions = self.sums(program, alpha, price)
        env, beta = self.env, price[0]
        total = -alpha * sum(self.outside)
        for i, end in enumerate(ends):
            total -= beta * (self.outside[i] if end is None else env.options[i].at(end))
        return total + self.expected(regions, alpha + beta, pieces)
    def expected(self, regions, weight, pieces):
        env, total = self.env, ZERO
        for x, mass, shares in regions:
            total += weight * env.constants[x] * mass
            for i, k, part, moment in shares:
                total += env.slopes[x][i] * (pieces[i][k][3] * part + pieces[i][k][4] * moment)
        return total
    def rule(self, program, price):
        """Welfare, and money."""
        ends, _, regions = self.sums(program, program.alpha, price)
        env = self.env
        welfare = self.expected(regions, 1, [self.virtual(1, 0, None, i) for i in env.agents])
        if not program.everyone:
            return welfare, welfare - sum(self.outside)
        money = self.expected(regions, 1, [self.virtual(0, 1, end, i) for i, end in enumerate(ends)])
        return welfare, money - sum(env.options[i].at(end) for i, end in enumerate(ends))
    def worth(self, program, mixture):
        welfare, money = (sum(share * rule[part] for share, rule in mixture) for part in range(2))
        return welfare - sum(self.outside), money
    # A region: an outcome, how likely it is, and (agent, piece, probability, integral of the type) of those concerned.
    def of_two(self, pieces, weight):
        env, regions = self.env, []
        for (j, (a, b, f, c, s)), (k, (d, e, g, q, r)) in product(*(enumerate(own) for own in pieces)):
            forms = [(weight * constant + x * c + y * q, x * s, y * r)
                     for constant, (x, y) in zip(env.constants, env.slopes)]
            for x, form in enumerate(forms):
                if form in forms[:x]:
                    continue
                corners = [(a, d), (b, d), (b, e), (a, e)]
                for other in forms:
                    corners = clipped(corners, [p - o for p, o in zip(form, other)])
                area, first, second = moments(corners)
                p = f * g
                regions.append((x, p * area, [(0, j, p * area, p * first), (1, k, p * area, p * second)]))
        return regions
    def of_rivals(self, pieces, weight):
        env, laws, regions = self.env, {}, []
        bid = {x: [(weight * env.constants[x] + env.slopes[x][i] * c, env.slopes[x][i] * s)
                   for _, _, _, c, s in pieces[i]] for x, i in enumerate(self.owner) if i is not None}
        for x, lines in bid.items():
            own = pieces[self.owner[x]]
            def at(y):
                total = ZERO
                for (a, b, f, _, _), (c, s) in zip(own, lines):
                    turn = min(max((y - c) / s, a), b)
                    total += f * (turn - a if s > 0 else b - turn)
                return total
            breaks = {c + s * t for (a, b, *_), (c, s) in zip(own, lines) for t in (a, b)}
            laws[x] = by_points(breaks, 1, at)
        nobody = [x for x, i in enumerate(self.owner) if i is None]
        kept = max(nobody, key=lambda x: (env.constants[x], -x)) if nobody else None
        if kept is not None:
            worth = weight * env.constants[kept]
            regions.append((kept, prod(law.at(worth) for law in laws.values()), []))
            laws[kept] = Curve([worth], [[], [Fraction(1)]])
        for x, lines in bid.items():
            i, others = self.owner[x], [law for y, law in laws.items() if y != x]
            for k, ((a, b, f, _, _), (c, s)) in enumerate(zip(pieces[i], lines)):
                turns = {(y - c) / s for law in others for y in law.breaks}
                cuts = sorted({a, b, *(t for t in turns if a < t < b)})
                mass = moment = ZERO
                for p, q in zip(cuts, cuts[1:]):
                    wins = [f]
                    for law in others:
                        inside = law.polys[bisect_right(law.breaks, c + s * (p + q) / 2)]
                        wins = times(wins, along(inside, c, s) or [ZERO])
                    mass += integral(wins, p, q)
                    moment += integral([ZERO, *wins], p, q)
                regions.append((x, mass, [(i, k, mass, moment)]))
        return regions

def clipped(corners, form):
    """The part of a convex polygon where constant + x ofX + y ofY is not negative."""
    at = lambda corner: form[0] + form[1] * corner[0] + form[2] * corner[1]
    out = []
    for p, q in zip(corners, [*corners[1:], *corners[:1]]):
        here, there = at(p), at(q)
        if here >= 0:
            out.append(p)
        if (here > 0 > there) or (here < 0 < there):
            share = here / (here - there)
            out.append((p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])))
    return out

def moments(corners):
    """Area, and the integrals of the two coordinates, by triangles."""
    area = first = second = ZERO
    for p, q in zip(corners[1:], corners[2:]):
        (x, y), o = corners[0], corners[0]
        part = ((p[0] - x) * (q[1] - y) - (q[0] - x) * (p[1] - y)) / 2
        area += part
        first += part * (o[0] + p[0] + q[0]) / 3
        second += part * (o[1] + p[1] + q[1]) / 3
    return area, first, second
