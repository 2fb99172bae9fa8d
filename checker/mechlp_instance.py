"""The words of mechlp_check.py: reading JSON, exact numbers, lotteries, and the instance."""
import hashlib, json, re
from fractions import Fraction
from itertools import product
from math import lcm, prod

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

# ---- JSON by shapes ----------------------------------------------------------------------------------------

def load(path):
    def fail(problem):
        raise ValueError(problem)
    def different(pairs):
        return dict(pairs) if len(dict(pairs)) == len(pairs) else fail("an object with the same field twice")
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file, parse_int=Number, parse_float=Number, parse_constant=fail,
                             object_pairs_hook=different)
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: found {short(error)}, expected a JSON file") from None

def expect(condition, value, where, expected):
    if not condition:
        raise Refused(f"{where}: found {short(json.dumps(value, default=str))}, expected {expected}")
    return value

def read(shape, value, where):
    """What a JSON value stands for, which is to have this shape: words, one of which it is; a tuple of a
    shape and a length (None for any) for a list; a list with a shape for each entry; a dict with a shape for
    each field, where `field?` may be absent; or a function that reads it."""
    if isinstance(shape, str):
        return expect(type(value) is str and value in shape.split(), value, where, f"one of {shape}")
    if isinstance(shape, tuple):
        expect(isinstance(value, list) and shape[1] in (None, len(value)), value, where,
               "a list" if shape[1] is None else f"a list of {shape[1]}")
        return [read(shape[0], entry, f"{where}[{k}]") for k, entry in enumerate(value)]
    if isinstance(shape, list):
        expect(isinstance(value, list) and len(value) == len(shape), value, where, f"a list of {len(shape)}")
        return [read(part, entry, f"{where}[{k}]") for k, (part, entry) in enumerate(zip(shape, value))]
    if isinstance(shape, dict):
        parts = {field[:-1] if field.endswith("?") else field: part for field, part in shape.items()}
        needed = {field for field in shape if not field.endswith("?")}
        fits = isinstance(value, dict) and needed <= value.keys() <= parts.keys()
        expect(fits, value, where, f"an object with the fields {', '.join(shape) or 'none'}")
        return {field: read(parts[field], entry, f"{where}.{field}") for field, entry in value.items()}
    return shape(value, where)

def matching(pattern, convert, expected, kind=str):
    def reader(value, where):
        fits = isinstance(value, kind) and len(value) <= 20000 and re.fullmatch(pattern, value)
        return convert(expect(fits, value, where, expected))
    return reader

DECIMAL, FRACTION = r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,5})?", "[0-9]+/0*[1-9][0-9]*"
number = matching(f"[+-]?({DECIMAL}|{FRACTION})", Fraction, 'an exact number such as 0.1 or "1/3"')
whole = matching("-?[0-9]+", int, "a whole number")
integer = matching("-?[0-9]+", int, "a whole number that is no text", Number)

def anything(value, where):
    return value

def text(value, where):
    return expect(type(value) is str, value, where, "a text")

def boolean(value, where):
    return expect(isinstance(value, bool), value, where, "true or false")

def label(value, where):
    unfit = "[\x00-\x1f\x7f-\x9f\ud800-\udfff]|^__proto__$"
    fits = isinstance(value, str) and value and not re.search(unfit, value)
    return str(expect(fits, value, where, "a label"))

def labels(value, where):
    found = read((label, None), value, where)
    return expect(len(set(found)) == len(found) > 0, found, where, "labels, at least one and all different")

def or_null(shape):
    return lambda value, where: None if value is None else read(shape, value, where)

def place(end):
    def reader(value, where):
        found = integer(value, where)
        return found if 0 <= found < end else expect(False, value, where, f"a place from 0 to {end - 1}")
    return reader

def kinds(**shapes):
    """An object whose field `kind` tells what else it has."""
    def reader(value, where):
        kind = value.get("kind") if isinstance(value, dict) else value
        read(" ".join(shapes), kind, f"{where}.kind")
        return read({"kind": text, **shapes[kind]}, value, where)
    return reader

def one_of(constant=None, **shapes):
    """An object with one of these fields, or else a constant; gives the field and what it holds."""
    def reader(value, where):
        if constant and not isinstance(value, dict):
            return "constant", [read(constant, value, where)]
        expect(isinstance(value, dict) and len(value) == 1, value, where, f"one of {', '.join(shapes)}")
        return read({f"{field}?": shape for field, shape in shapes.items()}, value, where).popitem()
    return reader

def table(lengths, leaf):
    """Lists within lists of these lengths; gives all leaves in one list."""
    def reader(value, where):
        if not lengths:
            return [read(leaf, value, where)]
        parts = read((table(lengths[1:], leaf), lengths[0]), value, where)
        return [entry for part in parts for entry in part]
    return reader

def lottery(pairs, where):
    """A lottery from pairs of an outcome and its probability."""
    fits = sum(p for x, p in pairs) == 1 and all(p >= 0 for x, p in pairs)
    expect(fits and len({x for x, p in pairs}) == len(pairs), pairs, where,
           "outcomes once, with probabilities >= 0 that sum to 1")
    return tuple(sorted((x, p) for x, p in pairs if p))

def uniform(outcomes):
    return tuple((x, Fraction(1, len(outcomes))) for x in sorted(outcomes))

def worth(row, chosen):
    """What a lottery is worth in expectation where row[x] is what outcome x is worth."""
    return row[chosen[0][0]] if len(chosen) == 1 else sum(p * row[x] for x, p in chosen)

def lottery_by_labels(outcomes, digest=None):
    """Reads a label, or probabilities by labels, and adds what the digest says of it."""
    def reader(value, where):
        told = value if isinstance(value, dict) else {label(value, where): "1"}
        found = read({f"{name}?": number for name in outcomes}, told, where)
        pairs = sorted((outcomes.index(name), p) for name, p in found.items())
        if digest is not None:
            digest.append([part for pair in pairs if pair[1] for part in pair])
        return lottery(pairs, where)
    return reader

def over_common(numbers):
    """(d, n) with whole n[k] such that numbers[k] is n[k] / d."""
    over = lcm(*{entry.denominator for entry in numbers})
    return over, [entry.numerator * (over // entry.denominator) for entry in numbers]

def pieces(flat, length):
    return [flat[k:k + length] for k in range(0, len(flat), length)]

# ---- The instance ------------------------------------------------------------------------------------------

QUESTION = {
    "ic": "none bayesian ex-post dominant", "ir": "none ex-ante interim ex-post",
    "budget": "none ex-ante ex-post", "balance": "exact no-deficit",
    "objective": "feasibility min-subsidy min-worst-subsidy max-surplus max-gains",
    "allocation": "efficient given free", "ties": "optimise first last uniform"}

def agents_or_all(value, where):
    return value if value == "all" else expect(read((text, None), value, where), value, where, "all or names")

def amount_or_amounts(value, where):
    shape = {f"{name}?": number for name in value} if isinstance(value, dict) else number
    return read(shape, value, where)

PARAMETERS = {"neverPaid?": agents_or_all, "paymentCaps?": amount_or_amounts, "icSlack?": number}

class Environment:
    """What an instance file says, by profile, and its digest."""
    def __init__(self, data):
        expect(isinstance(data, dict) and "model" not in data, data, "instance", "an instance that is written"
               " out: write it out first with `mechlp expand INSTANCE` (for answers about continuous types:"
               " `mechlp expand INSTANCE --continuum`, and mechlp_continuum.py)")
        agent = {"name": label, "types": labels, "values": anything, "outsideOption?": anything,
                 "prior?": anything, "weights?": anything}
        question = {f"{part}?": shape for part, shape in QUESTION.items()} | PARAMETERS  # not used
        told = read({"$schema?": text, "$comment?": anything, "name?": text, "description?": text,
                     "source?": text, "expected?": anything, "question?": question, "agents": (agent, None), "outcomes": labels,
                     "prior?": anything, "cost?": anything, "allocation?": anything}, data, "instance")
        self.names = labels([agent["name"] for agent in told["agents"]], "instance.agents")
        self.labels, self.outcomes = [agent["types"] for agent in told["agents"]], told["outcomes"]
        self.counts, self.width = [len(types) for types in self.labels], len(self.outcomes)
        self.agents, self.profiles = range(len(self.names)), range(prod(self.counts))
        expect(len(self.profiles) <= 2000000, len(self.profiles), "instance", "at most 2000000 profiles")
        self.strides = [prod(self.counts[i + 1:]) for i in self.agents]
        self.types = [[s // self.strides[i] % self.counts[i] for s in self.profiles] for i in self.agents]
        # lines[i] has for every profile of the others the profiles by i's type
        self.lines = [[range(s, s + self.counts[i] * self.strides[i], self.strides[i])
                       for s in self.profiles if self.types[i][s] == 0] for i in self.agents]
        agents, cost = self.read_amounts(told)
        digest = [*agents, ["outcomes", *self.outcomes], *self.read_prior(told), *cost]
        self.given = table(self.counts, lottery_by_labels(self.outcomes, digest))(
            told["allocation"], "instance.allocation") if "allocation" in told else None
        write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        lines = (write([str(part) for part in line]) + "\n" for line in digest)
        self.digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    def read_amounts(self, told):
        """Sets values, options and costs by profile, in units; gives the digest's lines on them."""
        tables, lines = [], []
        def single(value, where):
            return (number(value, where),)
        def by_outcome(value, where):
            return read((number, self.width), value, where)
        def cost_row(value, where):
            return (by_outcome if isinstance(value, list) else single)(value, where)
        def amounts(name, value, where, i, each, **shapes):
            """Reads rows, which are tuples of one amount, or lists by outcome; gives the digest's lines."""
            field, rows = one_of(byProfile=table(self.counts, each), **shapes)(value, where)
            expect(len({type(row) for row in rows}) == 1, value, where, "amounts by outcome, or not")
            tables.append((field, rows, i))
            axes = field.replace("by", "").lower() + ("-outcome" if isinstance(rows[0], list) else "")
            return [[*name, axes], [amount for row in rows for amount in row]]
        for i, (agent, m) in enumerate(zip(told["agents"], self.counts)):
            where = f"instance.agents[{i}]"
            lines.append(["agent", self.names[i], *self.labels[i]])
            lines += amounts([], agent["values"], f"{where}.values", i, by_outcome,
                             byType=(by_outcome, m))
            option = amounts(["outside option"], agent.get("outsideOption", "0"), f"{where}.outsideOption", i,
                             single, byType=(single, m), constant=single)
            lines += option if any(option[1]) else []
        cost = amounts(["cost"], told.get("cost", "0"), "instance.cost", 0, cost_row, constant=single,
                       byOutcome=lambda value, where: [tuple(by_outcome(value, where))])
        self.unit = lcm(*{amount.denominator for field, rows, i in tables for row in rows for amount in row})
        def by_profile(field, rows, i):
            rows = [[int(amount * self.unit) for amount in row] for row in rows]
            places = {"byType": self.types[i], "byProfile": self.profiles}
            return [rows[k] for k in places.get(field, [0] * len(self.profiles))]
        *own, costs = [by_profile(*entry) for entry in tables]
        self.values, self.options = own[::2], [[row[0] for row in rows] for rows in own[1::2]]
        self.costs = [row * (self.width // len(row)) for row in costs]
        # distinct[i][a] has a profile for each way in which i of type a may value the outcomes
        self.distinct = [[[*{tuple(values[line[a]]): line[a] for line in lines}.values()] for a in range(m)]
                         for m, lines, values in zip(self.counts, self.lines, self.values)]
        self.private = all(len(profiles) == 1 for own in self.distinct for profiles in own)
        self.efficient = []
        for rows in zip(self.costs, *self.values):
            welfare = [sum(values) - cost for cost, *values in zip(*rows)]
            self.efficient.append([x for x in range(self.width) if welfare[x] == max(welfare)])
        return lines, cost if any(cost[1]) else []
    def read_prior(self, told):
        """Sets prior and all agents' beliefs by profile, in 1/mass; gives the digest's lines."""
        def chances(name, shape, value, where):
            field, numbers = one_of(**{name: shape, "weights": shape})(value, where)
            total = sum(numbers)
            expect(min(numbers) >= 0 < total, numbers, where, "numbers >= 0, not all 0")
            expect(field == "weights" or total == 1, total, where, "probabilities with sum 1")
            return [entry / total for entry in numbers]
        own = [{field: agent[field] for field in ("prior", "weights") if field in agent}
               for agent in told["agents"]]
        if "prior" in told:
            expect(not any(own), own, "instance.agents", "no priors beside the joint one")
            self.own, beliefs = None, []
            prior = chances("joint", table(self.counts, number), told["prior"], "instance.prior")
            for lines, types in zip(self.lines, self.types):
                totals = [sum(prior[line[a]] for line in lines) for a in range(len(lines[0]))]
                expect(all(totals), totals, "instance.prior", "no type of probability 0")
                beliefs += [p / totals[a] for p, a in zip(prior, types)]
        else:
            self.own = [chances("prior", (number, m), own[i], f"instance.agents[{i}]")
                        for i, m in enumerate(self.counts)]
            prior = [prod(parts) for parts in product(*self.own)]
            beliefs = [prod(others) for i, m in enumerate(self.counts)
                       for others in product(*self.own[:i], [Fraction(1)] * m, *self.own[i + 1:])]
        self.mass, flat = over_common(prior + beliefs)
        self.prior, *self.beliefs = pieces(flat, len(prior))
        return [["prior", "independent"], *self.own] if self.own else [["prior", "joint"], prior]
    def told(self, i=None, a=None, s=None):
        """Words for an agent, its type, and a profile."""
        at = "" if s is None else ", ".join(own[types[s]] for own, types in zip(self.labels, self.types))
        return (f" of {self.names[i]}" if i is not None else "") + (
            f" with type {self.labels[i][a]}" if a is not None else "") + (f" at ({at})" if at else "")
