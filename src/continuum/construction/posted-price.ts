import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { AffineForm } from "./affine-form.js";
import { affine, bySigns } from "./expression.js";
import { type ConstructionGround, NotCovered } from "./ground.js";
import type { ContinuousConstruction } from "./mechanism.js";

/** Trade of one good between two agents, as forms of what it adds to outside options. */
interface Trade {
  readonly buyer: number;
  readonly trade: number;
  readonly noTrade: number;
  readonly value: AffineForm;
  readonly cost: AffineForm;
}

function tradeOf(ground: ConstructionGround): Trade {
  const { size, welfare, values, costs } = ground;
  if (size !== 2 || welfare.length !== 2 || costs.some((cost) => !cost.isZero))
    throw new NotCovered("this is not trade between two agents, in two outcomes without resource cost");
  const nets = values.map((own, agent) => {
    const { pieces } = ground.outsideOption(agent);
    if (pieces.length > 1 || pieces[0].degree > 1)
      throw new NotCovered(`the outside option of ${ground.name(agent)} is not affine in its type`);
    const outside = AffineForm.type(agent, size)
      .scaled(pieces[0].coefficient(1))
      .plus(AffineForm.constant(pieces[0].coefficient(0), size));
    return own.map((value) => value.minus(outside));
  });
  const zero = AffineForm.constant(Rational.ZERO, size);
  const noTrade = [0, 1].find((x) => nets.every((net) => net[x].equals(zero)));
  if (noTrade === undefined) throw new NotCovered("no outcome leaves both agents at their outside options");
  const trade = 1 - noTrade;
  const buyer = nets.findIndex((net) => net[trade].slopes.some(({ sign }) => sign > 0));
  const seller = nets.findIndex((net) => net[trade].slopes.some(({ sign }) => sign < 0));
  if (buyer < 0 || seller < 0)
    throw new NotCovered("no agent gains from trade the more the higher its type, and the other less");
  return {
    buyer,
    trade,
    noTrade,
    value: nets[buyer][trade],
    cost: nets[seller][trade].scaled(Rational.of(-1)),
  };
}

/** Denominators of the prices that are tried, as shares of the interval in which there are both buyers and sellers. */
const FINEST = 24;

/** Of the prices at simple shares of the interval the one with the largest expected gains, of several the simplest. */
function bestPrice(ground: ConstructionGround, { buyer, value, cost }: Trade): Rational {
  const seller = 1 - buyer;
  const ends = (form: AffineForm, agent: number) => {
    const { from, to } = ground.densities[agent];
    const at = [from, to].map((type) => form.at([type, type]));
    return [at.reduce(Rational.minimum), at.reduce(Rational.maximum)];
  };
  const [buyers, sellers] = [ends(value, buyer), ends(cost, seller)];
  const low = Rational.maximum(buyers[0], sellers[0]);
  const high = Rational.minimum(buyers[1], sellers[1]);
  if (low.compare(high) >= 0) return low.add(high).divide(Rational.of(2));
  const part = (form: AffineForm, agent: number, keep: (worth: Rational) => boolean, price: Rational) => {
    const density = ground.densities[agent];
    const at = price.subtract(form.constant).divide(form.slopes[agent]);
    const kept = density.refined([at]).map((piece, from, to) => {
      const middle = from.add(to).divide(Rational.of(2));
      return keep(form.at([middle, middle])) ? piece : Polynomial.ZERO;
    });
    const line = Polynomial.affine(form.constant, form.slopes[agent]);
    return { chance: kept.integral(), worth: kept.map((piece) => piece.times(line)).integral() };
  };
  const gains = (price: Rational) => {
    const bought = part(value, buyer, (worth) => worth.compare(price) >= 0, price);
    const sold = part(cost, seller, (worth) => worth.compare(price) <= 0, price);
    return bought.worth.multiply(sold.chance).subtract(sold.worth.multiply(bought.chance));
  };
  let best = { price: low, gains: gains(low) };
  for (let denominator = 1; denominator <= FINEST; denominator++) {
    for (let k = 0; k <= denominator; k++) {
      const price = low.add(high.subtract(low).multiply(Rational.of(k, denominator)));
      const found = gains(price);
      if (found.compare(best.gains) > 0) best = { price, gains: found };
    }
  }
  return best.price;
}

export const postedPrice: ContinuousConstruction = {
  name: "posted-price",
  build: (ground) => {
    const view = tradeOf(ground);
    const { size, values, welfare } = ground;
    const price = bestPrice(ground, view);
    const at = AffineForm.constant(price, size);
    const forms = [view.value.minus(at), at.minus(view.cost)];
    const cases = (traded: AffineForm, kept: AffineForm) =>
      bySigns(forms, (positive) => affine(positive.every(Boolean) ? traded : kept));
    return {
      payoffs: values.map((own, agent) => {
        const paid = agent === view.buyer ? at : at.scaled(Rational.of(-1));
        return cases(own[view.trade].minus(paid), own[view.noTrade]);
      }),
      welfare: cases(welfare[view.trade], welfare[view.noTrade]),
      incentives: { kind: "posted-price" },
      chosen: `price ${price}`,
    };
  },
};
