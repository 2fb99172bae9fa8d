/**
 * All profiles of `n` agents with `sizes[i]` types each, numbered with the last agent fastest. A profile is its number;
 * nothing of the size of the whole space is stored.
 */
export class ProfileSpace {
  readonly sizes: readonly number[];
  /** Replacing agent `i`'s type `a` by `a + 1` adds `strides[i]` to a profile's number. */
  readonly strides: readonly number[];
  readonly count: number;

  constructor(sizes: readonly number[]) {
    const strides = new Array<number>(sizes.length);
    let count = 1;
    for (let i = sizes.length - 1; i >= 0; i--) {
      strides[i] = count;
      count *= sizes[i];
    }
    this.sizes = [...sizes];
    this.strides = strides;
    this.count = count;
  }

  get agentCount(): number {
    return this.sizes.length;
  }

  typeOf(profile: number, agent: number): number {
    return Math.floor(profile / this.strides[agent]) % this.sizes[agent];
  }

  typesOf(profile: number): number[] {
    return this.sizes.map((_, agent) => this.typeOf(profile, agent));
  }

  profileOf(types: readonly number[]): number {
    return types.reduce((profile, type, agent) => profile + type * this.strides[agent], 0);
  }

  /** The profile in which `agent` has (or reports) `type` and all else is as in `profile`. */
  replace(profile: number, agent: number, type: number): number {
    return profile + (type - this.typeOf(profile, agent)) * this.strides[agent];
  }

  /** How many profiles the others of `agent` can form. */
  othersCount(agent: number): number {
    return this.count / this.sizes[agent];
  }

  /** The profile in which `agent` has type 0 and the others form their `others`-th profile. */
  withOthers(agent: number, others: number): number {
    const stride = this.strides[agent];
    const low = others % stride;
    return (others - low) * this.sizes[agent] + low;
  }

  /** The inverse of `withOthers`: which profile the others form in `profile`. */
  othersOf(agent: number, profile: number): number {
    const stride = this.strides[agent];
    const low = profile % stride;
    return Math.floor(profile / (stride * this.sizes[agent])) * stride + low;
  }

  /** The profiles in which `agent` has `type`, in the order of the others' profiles. */
  profilesOf(agent: number, type: number): number[] {
    const offset = type * this.strides[agent];
    return Array.from(
      { length: this.othersCount(agent) },
      (_, others) => this.withOthers(agent, others) + offset,
    );
  }
}
