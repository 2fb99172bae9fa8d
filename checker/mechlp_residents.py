"""The instances of `two-residents`, and the kind `rounded`, of mechlp_continuum.py.

Residents build a good of any size together: S = T^2/(c + T) for the sum T of their types. A good of one's own is worth
t^2/(c + t), which continuum-answer-format.md encloses between two polynomials: `Residents` has the one that is at
least that, and `rounded_down` is the same with the other.
"""
import copy
from fractions import Fraction
from mechlp_instance import anything, expect, number, read, require, text, whole
from mechlp_intervals import digest_of, interval
from mechlp_polynomial import Curve, plus, times

GRID = {"points": whole, "placement?": "midpoint endpoint equal-probability", "distribution?": anything,
        "from?": number, "to?": number}

class Residents:
    lines = None  # outcomes are a continuum
    def __init__(self, data):
        told = read({"model": "two-residents", "parameters": {
            "agents?": whole, "grid?": GRID, "grids?": (GRID, None), "c?": number, "autarky?": "own-good none",
            "decimals?": anything}, "$schema?": text, "$comment?": anything, "name?": text, "description?": text,
            "question?": anything}, data, "instance")["parameters"]
        fits = ("grids" in told) != ("grid" in told) and ("grid" in told) == ("agents" in told)
        expect(fits, sorted(told), "instance.parameters", "agents and grid, or grids")
        grids = told["grids"] if "grids" in told else [told["grid"]] * told["agents"]
        expect(len(grids) > 0, grids, "instance.parameters", "at least one agent")
        self.c = told.get("c", Fraction(1))
        expect(self.c > 0, str(self.c), "instance.parameters.c", "more than 0")
        self.agents = range(len(grids))
        self.names = [f"resident {i + 1}" for i in self.agents]
        self.laws = [interval(grid, "instance.parameters") for grid in grids]
        for law in self.laws:
            expect(law.lo >= 0, str(law.lo), "instance.parameters", "types that are not negative")
        lower = None
        if told.get("autarky", "own-good") == "none":
            self.options = [Curve([], [[]]) for _ in grids]
        else:
            enclosed = [own_good(self.c, law.lo, law.hi) for law in self.laws]
            self.options, lower = ([Curve([], [plus(near, [side * rest])]) for near, rest in enclosed]
                                   for side in (1, -1))
        formula = ["surplus", f"T^2/({self.c} + T) for the sum T of the types"]
        self.digest = digest_of(self, [formula], lower or [])
        self.rounded_down = None
        if lower is not None:
            self.rounded_down = copy.copy(self)
            self.rounded_down.options = lower
    def surplus(self, types):
        total = sum(types)
        return total * total / (self.c + total)
    def tangent(self, types):
        """Of the size x = T/(c + T): a unit of type is worth 2 x - x^2, and it costs c x^2."""
        size = sum(types) / (self.c + sum(types))
        return -self.c * size * size, [2 * size - size * size] * len(types)

def own_good(c, lo, hi):
    """A polynomial, and how far from it t^2/(c + t) is at most."""
    middle = c + (lo + hi) / 2
    ratio, away = (hi - lo) / 2 / middle, [1 - c / middle, -1 / middle]  # -y
    near, term, rest = [-c, Fraction(1)], [c * c / middle], c * c / middle / (1 - ratio)
    for _ in range(24):
        if rest <= Fraction(1, 10 ** 7):
            break
        near, term, rest = plus(near, term), times(term, away), rest * ratio
    return near, rest

def judge_rounded(env, question, told, proved_by):
    told = read({"kind": "rounded", "up?": anything, "down?": anything}, told, "certificate")
    require(env.rounded_down is not None, "certificate: outside options that are exact need no rounding")
    require(question["objective"] != "max-gains", "certificate: rounded does not cover gains beyond outside options")
    exact = copy.copy(env)
    exact.rounded_down = None
    part = lambda of, name: proved_by(of, question, told[name]) if name in told else ({}, False)
    (up, first), (down, second) = part(exact, "up"), part(env.rounded_down, "down")
    enclosed = first or second
    if "contradiction" in down:
        return {"contradiction": down["contradiction"]}, enclosed
    if question["objective"].startswith("max"):
        ends = up.get("lower"), down.get("upper")
    else:
        ends = down.get("lower", Fraction(0)), up.get("upper")
    return {name: end for name, end in zip(("lower", "upper"), ends) if end is not None}, enclosed
