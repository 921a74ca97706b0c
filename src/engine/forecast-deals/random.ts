/** Numbers in [0, 1) that are the same for the same seed: mulberry32, of 32 bits, by Tommy Ettinger. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A number for a text, for seeds that go with what is asked (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}

/** A draw of the standard normal distribution (Box and Muller). */
export function normalDraw(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A draw of the gamma distribution with scale 1 (Marsaglia and Tsang); shape > 0. */
export function gammaDraw(random: () => number, shape: number): number {
  if (shape < 1) return gammaDraw(random, shape + 1) * Math.pow(1 - random(), 1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = normalDraw(random)
    const cubed = Math.pow(1 + c * normal, 3)
    if (cubed > 0 && Math.log(1 - random()) < 0.5 * normal * normal + d - d * cubed + d * Math.log(cubed)) {
      return d * cubed
    }
  }
}

/** A draw of the beta distribution; both parameters > 0. */
export function betaDraw(random: () => number, a: number, b: number): number {
  const one = gammaDraw(random, a)
  return one / (one + gammaDraw(random, b))
}

/** A draw of the Poisson distribution: by the gaps between events where few are expected, else by its normal limit. */
export function poissonDraw(random: () => number, mean: number): number {
  if (mean <= 0) return 0
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalDraw(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count += 1
  return count
}
