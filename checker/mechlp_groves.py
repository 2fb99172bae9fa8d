"""Incentives at every profile, in the kind `interim` of mechlp_continuum.py: the part "Groves" of continuum-interim.md.

Utilities are S(t) - h_i(t_-i), and z(t) = (n - 1) S(t) - sum of all h_i is the outside money at a profile.
"""
from fractions import Fraction
from itertools import combinations, product
from mechlp_instance import require
from mechlp_polynomial import Curve, by_points_within

def least_left(env, i, option):
    """The other agent's type -> min over agent i's types of S less this curve, which is affine by pieces.

    Where the curve is affine, the minimum of a maximum of affine functions is the largest value that a lottery over
    outcomes guarantees: lotteries of one outcome, or of two under which i's type does not matter."""
    own, other = env.laws[i], env.laws[1 - i]
    parts = []
    for a, b, c in option.pieces(own.lo, own.hi):
        at_0, slope = [*c, 0, 0][:2]
        rows = [(constant - at_0, slopes[i] - slope, slopes[1 - i]) for constant, slopes in env.lines]
        lines = [(constant + min(s * a, s * b), rate) for constant, s, rate in rows]
        for (c1, s1, r1), (c2, s2, r2) in combinations(rows, 2):
            if s1 * s2 < 0:
                p = s2 / (s2 - s1)
                lines.append((p * c1 + (1 - p) * c2, p * r1 + (1 - p) * r2))
        parts.append(lines)
    every = {line for lines in parts for line in lines}
    turns = {(c - d) / (s - r) for (c, r), (d, s) in combinations(every, 2) if r != s}
    breaks = {other.lo, other.hi, *(t for t in turns if other.lo < t < other.hi)}
    return by_points_within(breaks, 1, lambda t: min(max(c + r * t for c, r in lines) for lines in parts))

def left_by_profile(env):
    """m_1 and m_2, each a curve in the other's type."""
    n = len(env.agents)
    require(n == 2 and env.lines is not None,
            "certificate: participation at every profile is covered for two agents and finitely many outcomes")
    for law, option in zip(env.laws, env.options):
        require(all(len(c) <= 2 for _, _, c in option.pieces(law.lo, law.hi)),
                "certificate: participation at every profile is covered where outside options are affine by pieces")
    return [least_left(env, i, env.options[i]) for i in range(2)]

def nodes(curve, law):
    return [law.lo, *(x for x in curve.breaks if law.lo < x < law.hi), law.hi]

def range_beyond(env, m1, m2):
    """The least and the largest S(t) - m_1(t_2) - m_2(t_1)."""
    first, second = env.laws
    rest = least_left(env, 0, m2)
    least = min(rest.at(t) - m1.at(t) for t in sorted({*nodes(rest, second), *nodes(m1, second)}))
    most = max(env.surplus((s, t)) - m1.at(t) - m2.at(s) for s, t in product(nodes(m2, first), nodes(m1, second)))
    return least, most

def range_of_surplus(env):
    """A lower bound of S, the least itself for two agents (None where outcomes are a continuum), and the largest S
    (None for more than 12 agents)."""
    ends = [(law.lo, law.hi) for law in env.laws]
    if env.lines is None:
        least = None
    elif len(ends) == 2:
        rest = least_left(env, 0, Curve([], [[]]))
        least = min(rest.at(t) for t in nodes(rest, env.laws[1]))
    else:
        least = max(c + sum(min(s * t for t in own) for s, own in zip(slopes, ends)) for c, slopes in env.lines)
    return least, max(map(env.surplus, product(*ends))) if len(ends) <= 12 else None

def money_at_profiles(env, question, total, low, high, left):
    """Ends of the least outside money where the budget holds at every profile as well. `low` and `high` enclose sigma
    (None where nobody's participation is asked for), `total` encloses E S, `left` are m_1 and m_2 where participation
    is asked for at every profile."""
    others = len(env.agents) - 1
    nothing = {"lower": Fraction(0), "upper": Fraction(0)}
    may_be_left = question["balance"] == "no-deficit"
    lower = Fraction(0) if low is None else max(low, Fraction(0))
    if left is not None:
        least, most = range_beyond(env, *left)
        if may_be_left and most <= 0:
            return nothing
        return {"lower": lower, "upper": high + max(Fraction(0), -least)}
    if low is None and may_be_left:
        return nothing
    least, most = range_of_surplus(env)
    if may_be_left and most is not None and others * most + high - others * total[0] <= 0:
        return nothing
    if least is None:
        return {"lower": lower}
    alone = others * (total[1] - least)
    return {"lower": lower, "upper": alone if high is None else max(high, alone)}
